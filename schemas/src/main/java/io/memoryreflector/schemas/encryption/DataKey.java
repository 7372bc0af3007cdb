package io.memoryreflector.schemas.encryption;

import com.google.crypto.tink.Aead;
import java.time.Instant;
import java.util.UUID;

/**
 * A key with which what is personal is sealed: a user's own, or the one for what belongs to no user.
 *
 * @param id stands in all that it seals
 * @param createdAt a user's forgetting destroys the keys that were made before it
 */
public record DataKey(UUID id, Instant createdAt, Aead aead) {

    /** Id of the key for what belongs to no user. */
    static final UUID NOBODYS = new UUID(0, 0);

    @Override
    public String toString() {
        return "DataKey[" + id + "]";
    }
}
