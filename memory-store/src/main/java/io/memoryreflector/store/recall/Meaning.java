package io.memoryreflector.store.recall;

import org.apache.lucene.util.VectorUtil;

/** Cosine of vectors of unit length, over one user's memories. Pure. */
final class Meaning {

    private Meaning() {}

    /** The score of each memory, never below 0. */
    static double[] scores(UserMemories memories, RecallQuery query) {
        var scores = new double[memories.size()];
        if (query.vector().isEmpty()) {
            return scores;
        }
        var question = query.vector().get();
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.max(0, cosine(question, query.vectorModel(), memories.get(i)));
        }
        return scores;
    }

    /** 0 where the vectors are of different models. */
    static double cosine(float[] question, String model, Entry entry) {
        var vector = entry.memory.vector();
        return vector.length == question.length && entry.memory.vectorModel().equals(model)
                ? VectorUtil.dotProduct(question, vector)
                : 0;
    }
}
