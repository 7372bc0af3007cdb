package io.memoryreflector.schemas.encryption;

import io.memoryreflector.schemas.UserKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.generic.IndexedRecord;

/** Whose a record is, by the fields in which our schemas say so: pure. */
final class Owner {

    private Owner() {}

    /** The user; empty where the record belongs to none, or to one who cannot be. */
    static Optional<UserKey> of(IndexedRecord event) {
        return user(() -> {
                    var namespace = text(event, "namespace");
                    var userId = text(event, "user_id");
                    return namespace == null || userId == null ? null : new UserKey(namespace, userId);
                })
                .or(() -> user(() -> parsed(text(event, "user_key"))))
                .or(() -> user(() -> parsed(text(event, "record_key"))))
                .or(() -> user(() -> parsed(text(event, "original_key"))));
    }

    private static Optional<UserKey> user(Supplier<UserKey> supplier) {
        try {
            return Optional.ofNullable(supplier.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static UserKey parsed(String key) {
        return key == null ? null : UserKey.parse(key);
    }

    private static String text(IndexedRecord event, String name) {
        var field = event.getSchema().getField(name);
        var value = field == null ? null : event.get(field.pos());
        if (value instanceof ByteBuffer bytes) {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }
        return value == null ? null : value.toString();
    }
}
