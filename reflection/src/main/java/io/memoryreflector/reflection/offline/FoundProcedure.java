package io.memoryreflector.reflection.offline;

import java.util.List;

/**
 * A standing instruction in someone's words.
 *
 * @param kind instruction, preference or steps
 * @param trigger when it applies; null is always
 * @param steps in order, empty where it is no sequence
 * @param polarity do or avoid
 */
record FoundProcedure(String kind, String trigger, String instruction, List<String> steps, String polarity) {

    /** What recall ranks on. */
    String text() {
        var when = trigger == null ? "" : trigger + ": ";
        return steps.isEmpty() ? when + instruction : when + instruction + " " + String.join("; ", steps);
    }
}
