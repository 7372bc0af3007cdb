package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.DeadLetterAction;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.encryption.KeyDestroyed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Values in Confluent's wire format: byte 0, four bytes of schema id, Avro binary. They are read by the schema that
 * wrote them, so also when the topic's schema has moved on. What is sealed is opened, and sealed again when it is written.
 * Thread-safe.
 */
final class AvroValues {

    private static final int PREFIX = 5;

    private final WriterSchemas schemas;
    private final EventSealing sealing;

    AvroValues(WriterSchemas schemas, EventSealing sealing) {
        this.schemas = schemas;
        this.sealing = sealing;
    }

    /**
     * A value with the schema that wrote it.
     *
     * @param datum as Avro's generic reader gives it, without logical types
     */
    record Written(Schema schema, Object datum) {}

    /**
     * Reads any value.
     *
     * @throws UndecodableValue if the bytes are none, saying why
     * @throws IOException if the registry does not answer
     * @throws KeyDestroyed if it is of a user who is forgotten
     */
    Written read(byte[] value) throws UndecodableValue, IOException {
        var schema = schema(value);
        Object datum = read(value, new GenericDatumReader<>(schema));
        return new Written(schema, datum instanceof IndexedRecord record ? sealing.open(record) : datum);
    }

    /** Reads a letter of the reflector; throws as {@link #read(byte[])} does. */
    DeadLetter deadLetter(byte[] value) throws UndecodableValue, IOException {
        return sealing.open(read(value, DeadLetter.class, DeadLetter.SCHEMA$));
    }

    /** Reads what an operator did; throws as {@link #read(byte[])} does. */
    DeadLetterAction action(byte[] value) throws UndecodableValue, IOException {
        return read(value, DeadLetterAction.class, DeadLetterAction.SCHEMA$);
    }

    /** The bytes of a record that was parked whole, as they were before they were sealed; throws {@link KeyDestroyed}. */
    byte[] parked(byte[] key, byte[] value) {
        return value == null ? null : sealing.openBytes(owner(key), value);
    }

    /** Null where the key names no user. */
    private static UserKey owner(byte[] key) {
        try {
            return key == null ? null : UserKey.parse(new String(key, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Writes a changed datum as the original value was written: with the same schema and the same schema id. */
    byte[] write(byte[] original, Schema schema, Object datum) {
        var sealed = datum instanceof IndexedRecord record ? sealing.seal(record) : datum;
        var bytes = new ByteArrayOutputStream(original.length);
        bytes.write(original, 0, PREFIX);
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema).write(sealed, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException("memory is no file and does not fail", e);
        }
        return bytes.toByteArray();
    }

    private <T> T read(byte[] value, Class<T> type, Schema reader) throws UndecodableValue, IOException {
        var writer = schema(value);
        if (!reader.getFullName().equals(writer.getFullName())) {
            throw new UndecodableValue("is a " + writer.getFullName() + " and no " + reader.getFullName());
        }
        return read(value, new SpecificDatumReader<>(writer, reader, SpecificData.getForClass(type)));
    }

    private Schema schema(byte[] value) throws UndecodableValue, IOException {
        if (value == null) {
            throw new UndecodableValue("there is no value");
        }
        if (value.length < PREFIX || value[0] != 0) {
            throw new UndecodableValue("does not begin with byte 0 and a schema id of four bytes");
        }
        var id = ByteBuffer.wrap(value).getInt(1);
        return schemas.find(id)
                .orElseThrow(() ->
                        new UndecodableValue("the registry has no Avro schema of id " + Integer.toUnsignedLong(id)));
    }

    private static <T> T read(byte[] value, DatumReader<T> reader) throws UndecodableValue {
        var decoder = DecoderFactory.get().binaryDecoder(value, PREFIX, value.length - PREFIX, null);
        try {
            var datum = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UndecodableValue("bytes are left over at its end");
            }
            return datum;
        } catch (IOException
                | AvroRuntimeException
                | ClassCastException
                | IndexOutOfBoundsException
                | UnsupportedOperationException e) {
            throw new UndecodableValue(
                    "does not fit the schema that it names (" + e.getClass().getSimpleName() + ")");
        }
    }
}
