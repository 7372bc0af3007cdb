package io.memoryreflector.store.recall;

import io.memoryreflector.events.Tier;

/**
 * Standing procedures that apply: a question in the situation that one names seldom shares a word with it, and is less
 * like it than like what was said on the matter. So procedures have a measure of their own, by their whole text and by
 * the situation that they name. Pure.
 */
final class Situations {

    private Situations() {}

    /** How far each procedure applies, 0 to 1; 0 for all that is none. */
    static double[] applying(UserMemories memories, RecallQuery query, double unit) {
        var scores = new double[memories.size()];
        if (query.vector().isEmpty() || unit == 0) {
            return scores;
        }
        var question = query.vector().get();
        var tier = memories.columns().tier;
        for (int i = 0; i < scores.length; i++) {
            if (tier[i] == Tier.PROCEDURAL) {
                var likeness = likeness(question, query.vectorModel(), memories.get(i));
                scores[i] = Math.max(0, Math.min(1, likeness / unit));
            }
        }
        return scores;
    }

    private static double likeness(float[] question, String model, Entry entry) {
        var whole = Meaning.isOf(model, entry) ? Meaning.cosine(question, entry.memory.vector()) : 0;
        return entry.situation.length == question.length
                ? (whole + Meaning.cosine(question, entry.situation)) / 2
                : whole;
    }
}
