package io.memoryreflector.store;

import io.memoryreflector.schemas.UserKey;

/** Where Redis keeps the erasures of a user, which every writer asks. */
public final class ErasureKey {

    private ErasureKey() {}

    /** The key of a user's hash. */
    public static String of(UserKey user) {
        return "mr:erasures:" + user;
    }
}
