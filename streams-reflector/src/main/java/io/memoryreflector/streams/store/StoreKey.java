package io.memoryreflector.streams.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of state stores: every text is preceded by its length, since user, session and interaction ids hold any
 * character, and numbers are big-endian, so that byte order is numeric order for numbers that are not negative.
 */
public final class StoreKey {

    private StoreKey() {}

    /** A key of these texts. */
    public static Bytes of(String... parts) {
        return of(new long[0], parts, new long[0]);
    }

    /** A key that sorts by the texts first and by the number last. */
    public static Bytes of(String part, long number) {
        return of(new long[0], new String[] {part}, new long[] {number});
    }

    /** A key that sorts by the number first. */
    public static Bytes of(long number, String... parts) {
        return of(new long[] {number}, parts, new long[0]);
    }

    /** The number that a key begins with. */
    public static long leadingNumber(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong();
    }

    /** The number that a key ends with. */
    public static long trailingNumber(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(key.get().length - Long.BYTES);
    }

    /** The texts of a key that begins with one number and ends with a text. */
    public static List<String> textsAfterNumber(Bytes key) {
        return texts(ByteBuffer.wrap(key.get()).position(Long.BYTES));
    }

    /** The texts of a key of texts only. */
    public static List<String> texts(Bytes key) {
        return texts(ByteBuffer.wrap(key.get()));
    }

    private static List<String> texts(ByteBuffer buffer) {
        var texts = new ArrayList<String>();
        while (buffer.hasRemaining()) {
            var bytes = new byte[buffer.getInt()];
            buffer.get(bytes);
            texts.add(new String(bytes, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static Bytes of(long[] leading, String[] parts, long[] trailing) {
        var encoded = new byte[parts.length][];
        var length = (leading.length + trailing.length) * Long.BYTES;
        for (int i = 0; i < parts.length; i++) {
            encoded[i] = parts[i].getBytes(StandardCharsets.UTF_8);
            length += Integer.BYTES + encoded[i].length;
        }
        var buffer = ByteBuffer.allocate(length);
        for (var number : leading) {
            buffer.putLong(number);
        }
        for (var part : encoded) {
            buffer.putInt(part.length).put(part);
        }
        for (var number : trailing) {
            buffer.putLong(number);
        }
        return Bytes.wrap(buffer.array());
    }
}
