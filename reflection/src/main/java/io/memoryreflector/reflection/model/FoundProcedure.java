package io.memoryreflector.reflection.model;

import java.util.List;

/**
 * A way of doing things that a model found.
 *
 * @param messages places in the interaction of the user's messages that it rests on, at least one
 * @param trigger when it applies; null is always
 */
record FoundProcedure(
        List<Integer> messages,
        String kind,
        String trigger,
        String instruction,
        List<String> steps,
        String polarity,
        double confidence,
        double importance)
        implements Found {
    @Override
    public String text() {
        var when = trigger == null ? "" : trigger + ": ";
        return steps.isEmpty() ? when + instruction : when + instruction + " " + String.join("; ", steps);
    }
}
