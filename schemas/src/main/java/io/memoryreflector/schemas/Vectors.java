package io.memoryreflector.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The format in which embeddings travel: little-endian float32, four bytes a dimension. */
public final class Vectors {

    private Vectors() {}

    /** The vector's bytes, in a buffer of their own, ready to be read. */
    public static ByteBuffer toBytes(float[] vector) {
        var buffer = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return buffer.order(ByteOrder.BIG_ENDIAN);
    }

    /** The vector in these bytes; the buffer's position stays where it is. */
    public static float[] fromBytes(ByteBuffer bytes) {
        var floats = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        var vector = new float[floats.remaining()];
        floats.get(vector);
        return vector;
    }
}
