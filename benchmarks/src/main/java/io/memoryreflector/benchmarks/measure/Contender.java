package io.memoryreflector.benchmarks.measure;

/**
 * One of those that are compared.
 *
 * @param run does the work once and says how it went; called by one thread
 */
public record Contender(String name, Run run) {

    /** One run. */
    @FunctionalInterface
    public interface Run {

        /** Does the work. */
        Sample measure() throws Exception;
    }
}
