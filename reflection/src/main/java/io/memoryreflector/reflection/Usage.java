package io.memoryreflector.reflection;

/**
 * What a reflection has cost, its failed calls included.
 *
 * @param inputTokens as the provider counted them, or an estimate where it does not say
 * @param outputTokens likewise
 * @param calls to a model
 */
public record Usage(long inputTokens, long outputTokens, int calls) {

    /** No model was asked. */
    public static final Usage NONE = new Usage(0, 0, 0);

    /** Both together. */
    public Usage plus(Usage other) {
        return new Usage(inputTokens + other.inputTokens, outputTokens + other.outputTokens, calls + other.calls);
    }

    /** Input and output. */
    public long tokens() {
        return inputTokens + outputTokens;
    }
}
