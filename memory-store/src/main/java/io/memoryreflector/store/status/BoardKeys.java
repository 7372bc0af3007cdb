package io.memoryreflector.store.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memoryreflector.schemas.UserKey;

/** The board's keys in Redis. Ids hold any character, so what stands before another part says its own length. */
final class BoardKeys {

    private BoardKeys() {}

    static byte[] owner(String interactionId) {
        return ("mr:owner:" + interactionId).getBytes(UTF_8);
    }

    static byte[] interaction(UserKey user, String interactionId) {
        var key = user.toString();
        return ("mr:interaction:" + key.length() + ":" + key + ":" + interactionId).getBytes(UTF_8);
    }

    static byte[] user(UserKey user) {
        return ("mr:user:" + user).getBytes(UTF_8);
    }

    static byte[] pending(UserKey user) {
        return ("mr:pending:" + user).getBytes(UTF_8);
    }

    static byte[] unconfirmed(UserKey user) {
        return ("mr:unconfirmed:" + user).getBytes(UTF_8);
    }
}
