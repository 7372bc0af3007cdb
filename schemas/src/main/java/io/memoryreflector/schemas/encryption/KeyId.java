package io.memoryreflector.schemas.encryption;

import io.memoryreflector.schemas.UserKey;
import java.util.UUID;

/**
 * The key of a record of {@code memory.keys}: {@code key_id/namespace/user_id}. The id stands in it so that two programs
 * that make a key for one user at the same time both keep theirs, in a topic that keeps the last record of each key.
 */
record KeyId(UUID id, UserKey user) {

    /** @throws IllegalArgumentException if it is none */
    static KeyId parse(String key) {
        var slash = key == null ? -1 : key.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("key: got '" + key + "', takes key_id/namespace/user_id");
        }
        return new KeyId(UUID.fromString(key.substring(0, slash)), UserKey.parse(key.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return id + "/" + user;
    }
}
