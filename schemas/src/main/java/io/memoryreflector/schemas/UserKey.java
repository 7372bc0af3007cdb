package io.memoryreflector.schemas;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The one key of every record of a user: {@code namespace/user_id}. A namespace holds no slash, so the first slash
 * splits, and a user id may be any text.
 *
 * @param namespace {@code [a-z0-9._-]{1,64}}
 * @param userId any text of 1 to 256 bytes of UTF-8
 */
public record UserKey(String namespace, String userId) {

    /** The namespace of those who name none. */
    public static final String DEFAULT_NAMESPACE = "default";

    /** Longest user id, in bytes of UTF-8. */
    public static final int MAX_USER_ID_BYTES = 256;

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9._-]{1,64}");

    /** @throws IllegalArgumentException naming the field, what it got and what it takes */
    public UserKey {
        if (namespace == null || !NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException("namespace: got '" + namespace + "', takes [a-z0-9._-]{1,64}");
        }
        if (userId == null || userId.isEmpty()) {
            throw new IllegalArgumentException("user_id: is missing, takes 1 to 256 bytes of text");
        }
        var bytes = userId.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_USER_ID_BYTES) {
            throw new IllegalArgumentException("user_id: got " + bytes + " bytes, takes 1 to 256 bytes of text");
        }
    }

    /** Reads a record key; the inverse of {@link #toString()}. */
    public static UserKey parse(String key) {
        var slash = key == null ? -1 : key.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("key: got '" + key + "', takes namespace/user_id");
        }
        return new UserKey(key.substring(0, slash), key.substring(slash + 1));
    }

    /** The record key. */
    @Override
    public String toString() {
        return namespace + "/" + userId;
    }
}
