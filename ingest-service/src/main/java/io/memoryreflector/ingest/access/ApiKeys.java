package io.memoryreflector.ingest.access;

import io.memoryreflector.schemas.env.InvalidSetting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The keys of those who may come in, as SHA-256 digests. A digest without salt is enough for keys that are long and
 * random, and short ones are refused. Immutable.
 */
final class ApiKeys {

    /** Shortest key, in characters: 128 bits in hexadecimal digits. */
    static final int MIN_LENGTH = 32;

    private static final int MAX_LENGTH = 256;
    private static final int MIN_DIFFERENT = 8;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~+/=-]+");
    private static final String TAKES =
            "key:namespace:role entries with commas; roles are write, read, admin, several with +; namespace * is all";

    private final List<Entry> entries;

    private ApiKeys(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    private record Entry(byte[] digest, Caller caller) {}

    static ApiKeys none() {
        return new ApiKeys(List.of());
    }

    /**
     * Reads keys.
     *
     * @param variable named in complaints
     * @param text entries, separated by commas or lines; what follows a # in a line is a comment
     * @throws InvalidSetting that names the entry's position and never shows a key
     */
    static ApiKeys parse(String variable, String text) {
        var entries = new ArrayList<Entry>();
        var position = 0;
        for (var line : text.split("\\R", -1)) {
            for (var part : line.replaceFirst("#.*", "").split(",", -1)) {
                if (!part.isBlank()) {
                    position++;
                    var entry = entry(variable, position, part.strip());
                    if (entries.stream().anyMatch(other -> same(other.digest, entry.digest))) {
                        throw new InvalidSetting(variable, "entry " + position + " with a key again", "each key once");
                    }
                    entries.add(entry);
                }
            }
        }
        if (entries.isEmpty()) {
            throw new InvalidSetting(variable, "no entry", TAKES);
        }
        return new ApiKeys(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whose key it is. Takes the same time whichever of the keys matches, and how far. */
    Optional<Caller> find(String key) {
        var digest = digest(key);
        Caller found = null;
        for (var entry : entries) {
            if (same(entry.digest, digest)) {
                found = entry.caller;
            }
        }
        return Optional.ofNullable(found);
    }

    private static Entry entry(String variable, int position, String text) {
        var parts = text.split(":", -1);
        if (parts.length != 3) {
            throw wrong(variable, position, "with " + parts.length + " parts", TAKES);
        }
        var key = parts[0].strip();
        if (key.length() < MIN_LENGTH || key.length() > MAX_LENGTH) {
            throw wrong(
                    variable,
                    position,
                    "with a key of " + key.length() + " characters",
                    MIN_LENGTH + " to " + MAX_LENGTH + ", such as openssl rand -hex 32 makes");
        }
        if (!KEY.matcher(key).matches()) {
            throw wrong(variable, position, "with other characters in the key", "A-Z a-z 0-9 . _ ~ + / = -");
        }
        if (key.chars().distinct().count() < MIN_DIFFERENT) {
            throw wrong(variable, position, "with a key of few different characters", "a random key");
        }
        var digest = digest(key);
        var id = "key-" + HexFormat.of().formatHex(digest, 0, 4);
        return new Entry(
                digest, new Caller(id, namespace(variable, position, parts[1]), roles(variable, position, parts[2])));
    }

    private static Optional<String> namespace(String variable, int position, String text) {
        var namespace = text.strip();
        if (namespace.equals(Caller.ALL_NAMESPACES)) {
            return Optional.empty();
        }
        if (!Caller.isNamespace(namespace)) {
            throw wrong(variable, position, "with namespace '" + namespace + "'", "[a-z0-9._-]{1,64} or *");
        }
        return Optional.of(namespace);
    }

    private static Set<Role> roles(String variable, int position, String text) {
        var roles = EnumSet.noneOf(Role.class);
        for (var name : text.split("\\+", -1)) {
            try {
                roles.add(Role.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw wrong(
                        variable, position, "with role '" + name.strip() + "'", "write, read, admin, several with +");
            }
        }
        return roles;
    }

    private static InvalidSetting wrong(String variable, int position, String what, String takes) {
        return new InvalidSetting(variable, "entry " + position + " " + what, takes);
    }

    private static boolean same(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
