package io.memoryreflector.schemas.encryption;

import io.memoryreflector.schemas.UserKey;
import java.util.Optional;
import java.util.UUID;

/** The keys of the users. Implementations are thread-safe; both methods may wait in bounded time. */
public interface UserKeys {

    /**
     * The key that seals what a user says now; made where there is none.
     *
     * @param user null for what belongs to no user
     * @throws KeysUnavailable if the keys cannot be asked or a new one not be kept
     */
    DataKey current(UserKey user);

    /**
     * The key that has sealed something; empty once it is destroyed, which is for ever.
     *
     * @param user null for what belongs to no user
     * @throws KeysUnavailable if it cannot be told now
     */
    Optional<DataKey> find(UserKey user, UUID id);
}
