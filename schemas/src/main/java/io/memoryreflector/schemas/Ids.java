package io.memoryreflector.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Identifiers: name-based where a repeat must be the same, time-ordered where it is new. Thread-safe. */
public final class Ids {

    /** Namespace UUID of all name-based ids of this project; changing it would double every memory. */
    private static final UUID ROOT = UUID.fromString("6f1c2a52-6c0e-5b8e-9d2e-0a4f4ee0b6a1");

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /**
     * UUIDv5 (RFC 9562, section 5.5) of the parts. Each part is length-prefixed, so that {@code ("a", "bc")} and
     * {@code ("ab", "c")} differ.
     */
    public static String nameBased(String... parts) {
        var sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(ROOT.getMostSignificantBits())
                .putLong(ROOT.getLeastSignificantBits())
                .flip());
        for (var part : parts) {
            var bytes = part.getBytes(StandardCharsets.UTF_8);
            sha1.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
            sha1.update(bytes);
        }
        var hash = ByteBuffer.wrap(sha1.digest());
        var high = hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x5000L;
        var low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** Id of an interaction whose producer gave it none: the same record of the log gives the same id. */
    public static String interaction(String topic, int partition, long offset) {
        return nameBased("record", topic, Integer.toString(partition), Long.toString(offset));
    }

    /**
     * Id of a message whose client gave it none.
     *
     * @param position of the message in its interaction, from 0
     */
    public static String message(String interactionId, int position) {
        var id = interactionId + ":" + position;
        var fits = id.getBytes(StandardCharsets.UTF_8).length <= InteractionLimits.MAX_ID_BYTES;
        return fits ? id : nameBased("message-at", interactionId, Integer.toString(position));
    }

    /**
     * Id of a memory: the same user, interaction, tier and discriminator give the same id.
     *
     * @param discriminator the content or the ordinal that tells the memories of one interaction and tier apart
     */
    public static String memory(UserKey user, String interactionId, String tier, String discriminator) {
        return nameBased("memory", user.toString(), interactionId, tier, discriminator);
    }

    /** UUIDv7 (RFC 9562, section 5.7) for a new interaction: ordered by the given time, random below it. */
    public static String timeOrdered(Instant now) {
        var high = now.toEpochMilli() << 16 | 0x7000L | RANDOM.nextInt(0x1000);
        var low = RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
