package io.memoryreflector.schemas.encryption;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import io.memoryreflector.schemas.UserKey;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keys that die with the test. */
final class KeysInMemory implements UserKeys {

    private final Map<UserKey, DataKey> keys = new HashMap<>();

    @Override
    public DataKey current(UserKey user) {
        return keys.computeIfAbsent(user, missing -> {
            try {
                var id = user == null ? DataKey.NOBODYS : UUID.randomUUID();
                return new DataKey(id, Instant.EPOCH, new AesGcmJce(Random.randBytes(32)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public Optional<DataKey> find(UserKey user, UUID id) {
        return Optional.ofNullable(keys.get(user)).filter(key -> key.id().equals(id));
    }

    void destroy(UserKey user) {
        keys.remove(user);
    }
}
