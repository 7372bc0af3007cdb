package io.memoryreflector.ingest.deadletters;

/** Bytes that cannot be read as Avro in Confluent's wire format; the message says why and quotes nothing of them. */
final class UndecodableValue extends Exception {

    UndecodableValue(String message) {
        super(message, null, false, false);
    }
}
