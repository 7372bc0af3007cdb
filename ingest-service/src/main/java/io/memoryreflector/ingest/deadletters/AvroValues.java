package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.DeadLetterAction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Values in Confluent's wire format: byte 0, four bytes of schema id, Avro binary. They are read by the schema that
 * wrote them, so also when the topic's schema has moved on. Thread-safe.
 */
final class AvroValues {

    private static final int PREFIX = 5;

    private final WriterSchemas schemas;

    AvroValues(WriterSchemas schemas) {
        this.schemas = schemas;
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
     */
    Written read(byte[] value) throws UndecodableValue, IOException {
        var schema = schema(value);
        return new Written(schema, read(value, new GenericDatumReader<>(schema)));
    }

    /** Reads a letter of the reflector; throws as {@link #read(byte[])} does. */
    DeadLetter deadLetter(byte[] value) throws UndecodableValue, IOException {
        return read(value, DeadLetter.class, DeadLetter.SCHEMA$);
    }

    /** Reads what an operator did; throws as {@link #read(byte[])} does. */
    DeadLetterAction action(byte[] value) throws UndecodableValue, IOException {
        return read(value, DeadLetterAction.class, DeadLetterAction.SCHEMA$);
    }

    /** Writes a changed datum as the original value was written: with the same schema and the same schema id. */
    byte[] write(byte[] original, Schema schema, Object datum) {
        var bytes = new ByteArrayOutputStream(original.length);
        bytes.write(original, 0, PREFIX);
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema).write(datum, encoder);
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
