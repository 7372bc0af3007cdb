package io.memoryreflector.reflection.model;

import java.util.Locale;

/** How an endpoint is made to answer in JSON: {@code OPENAI_STRUCTURED_OUTPUT}. */
public enum StructuredOutput {
    /** With a schema, unless the endpoint refuses it. */
    AUTO,
    /** The endpoint holds the answer to a schema. */
    JSON_SCHEMA,
    /** The endpoint holds the answer to JSON; the prompt tells the schema. */
    JSON_OBJECT,
    /** The prompt tells the schema, and the answer is looked for in the text. */
    TEXT;

    /** As it is written in a setting. */
    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
