package io.memoryreflector.schemas.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A user as spans and log lines name them: the same everywhere, and no name. Whoever knows a user's key finds their lines;
 * whoever has only the lines finds no user, unless they can guess the key. Pure.
 */
public final class UserHash {

    private static final int BYTES = 8;

    private UserHash() {}

    /**
     * The first 8 bytes of the SHA-256 of a record key, in hexadecimal digits.
     *
     * @param key {@code namespace/user_id}
     */
    public static String of(String key) {
        return HexFormat.of().formatHex(Arrays.copyOf(sha256(key.getBytes(StandardCharsets.UTF_8)), BYTES));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
