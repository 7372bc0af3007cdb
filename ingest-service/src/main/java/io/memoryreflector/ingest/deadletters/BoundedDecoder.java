package io.memoryreflector.ingest.deadletters;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Reads Avro binary of which nothing is known: a length that is longer than what is left is an error, not memory. Avro's
 * own decoder takes such a length for true, and a letter of ten bytes would end the program. Belongs to one thread.
 */
final class BoundedDecoder extends Decoder {

    private final ByteArrayInputStream bytes;
    private final BinaryDecoder decoder;

    BoundedDecoder(byte[] value, int offset) {
        this.bytes = new ByteArrayInputStream(value, offset, value.length - offset);
        this.decoder = DecoderFactory.get().directBinaryDecoder(bytes, null);
    }

    /** Bytes that are not read yet. */
    int remaining() {
        return bytes.available();
    }

    @Override
    public void readNull() throws IOException {
        decoder.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return decoder.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return decoder.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return decoder.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return decoder.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return decoder.readDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(next());
    }

    @Override
    public String readString() throws IOException {
        return new String(next(), StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        next();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        return ByteBuffer.wrap(next());
    }

    @Override
    public void skipBytes() throws IOException {
        next();
    }

    @Override
    public void readFixed(byte[] into, int start, int length) throws IOException {
        decoder.readFixed(into, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        decoder.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return decoder.readEnum();
    }

    @Override
    public long readArrayStart() throws IOException {
        return bounded(decoder.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return bounded(decoder.arrayNext());
    }

    @Override
    public long skipArray() throws IOException {
        return decoder.skipArray();
    }

    @Override
    public long readMapStart() throws IOException {
        return bounded(decoder.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return bounded(decoder.mapNext());
    }

    @Override
    public long skipMap() throws IOException {
        return decoder.skipMap();
    }

    @Override
    public int readIndex() throws IOException {
        return decoder.readIndex();
    }

    private byte[] next() throws IOException {
        var next = new byte[(int) bounded(decoder.readLong())];
        decoder.readFixed(next, 0, next.length);
        return next;
    }

    private long bounded(long length) throws IOException {
        if (length < 0 || length > remaining()) {
            throw new EOFException("a length of " + length + " where " + remaining() + " bytes are left");
        }
        return length;
    }
}
