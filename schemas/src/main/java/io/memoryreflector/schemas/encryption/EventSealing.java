package io.memoryreflector.schemas.encryption;

import io.memoryreflector.schemas.UserKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Seals what is personal in an event with its user's key (AES-256-GCM), and opens it again. A sealed value is bound to
 * its user and its field, so it cannot be put elsewhere. What was never sealed is read as it is. Thread-safe.
 */
public final class EventSealing {

    /** Stands for the field where there is none. */
    private static final String BYTES = "bytes";

    private final UserKeys keys;
    private final boolean seals;
    private final LongAdder passedOver = new LongAdder();
    private final Map<Schema, PersonalFields> fields = new ConcurrentHashMap<>();

    /** @param keys stay the caller's to close */
    public EventSealing(UserKeys keys) {
        this(keys, true);
    }

    private EventSealing(UserKeys keys, boolean seals) {
        this.keys = keys;
        this.seals = seals;
    }

    /**
     * Where there are no keys: seals nothing, and reads nothing that is sealed, since a sealed text
     * would be taken for what somebody said.
     */
    public static EventSealing none() {
        return new EventSealing(new NoKeys(), false);
    }

    /**
     * A copy whose personal values are sealed.
     *
     * @throws KeysUnavailable if the user's key cannot be had now
     */
    public <T extends IndexedRecord> T seal(T event) {
        if (!seals) {
            return event;
        }
        var owner = Owner.of(event).orElse(null);
        var key = keys.current(owner);
        return fields(event).changed(event, new PersonalFields.Change() {
            @Override
            public CharSequence text(CharSequence value, String place) {
                return sealed(key, value.toString().getBytes(StandardCharsets.UTF_8), owner, place)
                        .toText();
            }

            @Override
            public ByteBuffer bytes(ByteBuffer value, String place) {
                var plain = new byte[value.remaining()];
                value.duplicate().get(plain);
                return sealed(key, plain, owner, place).toBytes();
            }
        });
    }

    /**
     * A copy that can be read.
     *
     * @throws KeyDestroyed if the key is destroyed
     * @throws KeysUnavailable if that cannot be told now
     * @throws SerializationException if a value was sealed for another user or field, or is broken
     */
    public <T extends IndexedRecord> T open(T event) {
        // Whose it is takes longer to find out than that nothing is sealed: asked for only where something is.
        return fields(event).changed(event, new PersonalFields.Change() {
            @Override
            public CharSequence text(CharSequence value, String place) {
                return Sealed.ofText(value)
                        .<CharSequence>map(found -> new String(opened(found, owner(), place), StandardCharsets.UTF_8))
                        .orElse(value);
            }

            @Override
            public ByteBuffer bytes(ByteBuffer value, String place) {
                return Sealed.ofBytes(value)
                        .map(found -> ByteBuffer.wrap(opened(found, owner(), place)))
                        .orElse(value);
            }

            private UserKey owner() {
                return Owner.of(event).orElse(null);
            }
        });
    }

    /**
     * Seals bytes of which nobody knows what is personal in them.
     *
     * @param owner null if they are nobody's
     * @throws KeysUnavailable if the user's key cannot be had now
     */
    public byte[] sealBytes(UserKey owner, byte[] plain) {
        return seals
                ? sealed(keys.current(owner), plain, owner, BYTES).toBytes().array()
                : plain;
    }

    /**
     * Opens what {@link #sealBytes} has sealed; other bytes are given back as they are.
     *
     * @throws KeyDestroyed if the key is destroyed
     * @throws KeysUnavailable if that cannot be told now
     */
    public byte[] openBytes(UserKey owner, byte[] bytes) {
        return Sealed.ofBytes(ByteBuffer.wrap(bytes))
                .map(found -> opened(found, owner, BYTES))
                .orElse(bytes);
    }

    private static Sealed sealed(DataKey key, byte[] plain, UserKey owner, String place) {
        try {
            return new Sealed(key.id(), key.aead().encrypt(plain, bound(owner, place)));
        } catch (GeneralSecurityException e) {
            throw new SerializationException(place + " cannot be sealed", e);
        }
    }

    private byte[] opened(Sealed found, UserKey owner, String place) {
        var key = keys.find(owner, found.keyId()).orElseThrow(() -> {
            passedOver.increment();
            return new KeyDestroyed(place + " was sealed with a key that is destroyed");
        });
        try {
            return key.aead().decrypt(found.ciphertext(), bound(owner, place));
        } catch (GeneralSecurityException e) {
            throw new SerializationException(place + " is not what was sealed", e);
        }
    }

    /** How many records could not be opened because their key is destroyed. */
    public long passedOver() {
        return passedOver.sum();
    }

    private PersonalFields fields(IndexedRecord event) {
        return fields.computeIfAbsent(event.getSchema(), PersonalFields::of);
    }

    /** What a value is sealed for; it is not kept with the value. */
    private static byte[] bound(UserKey owner, String place) {
        return (owner == null ? place : owner + "\n" + place).getBytes(StandardCharsets.UTF_8);
    }
}
