package io.memoryreflector.schemas.encryption;

import io.memoryreflector.schemas.UserKey;
import java.util.Optional;
import java.util.UUID;

/** What a process without a master key has. */
final class NoKeys implements UserKeys {

    @Override
    public DataKey current(UserKey user) {
        throw new KeysUnavailable(MasterKeys.VARIABLE + ": is not set", null);
    }

    @Override
    public Optional<DataKey> find(UserKey user, UUID id) {
        throw new KeysUnavailable(MasterKeys.VARIABLE + ": is not set, and this is sealed with key " + id, null);
    }
}
