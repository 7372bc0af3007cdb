package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.imports.Entry.Item;
import io.memoryreflector.cli.imports.Entry.Unreadable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes entries of JSON. Thread-safe. */
final class EntryReader {

    /** Above what the service can be set to take, so that it is the service that refuses. */
    static final int MAX_ENTRY_BYTES = 4 * 1024 * 1024;

    /** Numbers keep every digit, and the order of fields does not change an id. */
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_ENTRY_BYTES)
                            .build())
                    .build())
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final JsonMapper SORTED =
            JSON.rebuild().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private static final int HASH_BYTES = 16;

    private EntryReader() {}

    /** The entry that one line holds. */
    static Entry read(long line, byte[] raw) {
        try {
            return of(line, raw, JSON.readTree(raw));
        } catch (JacksonException e) {
            return new Unreadable(line, raw, "is not JSON: " + reason(e));
        }
    }

    /** The entry that a JSON value is. */
    static Entry of(long line, byte[] raw, JsonNode value) {
        if (raw.length > MAX_ENTRY_BYTES) {
            return new Unreadable(line, raw, "has " + raw.length + " bytes, takes up to " + MAX_ENTRY_BYTES);
        }
        if (!(value instanceof ObjectNode interaction)) {
            return new Unreadable(
                    line, raw, "got " + value.getNodeType().name().toLowerCase(Locale.ROOT) + ", takes an object");
        }
        if (interaction.path("interaction_id").isNull() || !interaction.has("interaction_id")) {
            interaction.put("interaction_id", idOf(interaction));
        }
        return new Item(line, raw, JSON.writeValueAsBytes(interaction), userOf(interaction));
    }

    /** What a JSON reader complains about, on one line. */
    static String reason(JacksonException failure) {
        return failure.getOriginalMessage().lines().findFirst().orElse("unreadable") + " at column "
                + Math.max(
                        1,
                        failure.getLocation() == null
                                ? 1
                                : failure.getLocation().getColumnNr());
    }

    /** The same content is the same interaction, in whichever order its fields and on whichever line it stands. */
    private static String idOf(ObjectNode interaction) {
        interaction.remove("interaction_id");
        var hash = sha256().digest(SORTED.writeValueAsBytes(interaction));
        return "import-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    }

    private static String userOf(ObjectNode interaction) {
        return interaction.path("namespace").asString("default") + "/"
                + interaction.path("user_id").asString("");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
