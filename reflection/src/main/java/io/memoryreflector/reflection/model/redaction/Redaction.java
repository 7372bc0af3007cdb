package io.memoryreflector.reflection.model.redaction;

/**
 * Takes one kind of thing out of texts before a model reads them. Thread-safe.
 *
 * <p>More kinds are found as services of this type on the class path, and are switched on by their {@link #kind} in
 * {@code REFLECTION_REDACT}.
 */
public interface Redaction {

    /** What it is called in {@code REFLECTION_REDACT}: lower case, no comma. */
    String kind();

    /**
     * The text without what is looked for, with a mark such as {@code [redacted:card]} in its place. Takes time in
     * proportion to the text's length.
     */
    String redact(String text);
}
