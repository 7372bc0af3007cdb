package io.memoryreflector.schemas.serde;

import io.memoryreflector.schemas.topic.Topics;

/**
 * Avro believes any length that a record states and makes room for it first: fifteen bytes can fill a heap. Its limits
 * are read once, when the first record is read, so whoever makes serdes sets them before. What an operator has set stays.
 */
final class AvroLimits {

    /** More than any event of ours has; a record that says more is poison. */
    private static final int MAX_ITEMS = 100_000;

    private AvroLimits() {}

    static void set() {
        limit("string.maxLength", Topics.MAX_RECORD_BYTES);
        limit("bytes.maxLength", Topics.MAX_RECORD_BYTES);
        limit("collectionItems.maxLength", MAX_ITEMS);
    }

    private static void limit(String name, int max) {
        var property = "org.apache.avro.limits." + name;
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(max));
        }
    }
}
