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
        var pages = memories.pages();
        var products = pages.areOf(query.vectorModel(), question.length) ? pages.products(question) : null;
        var columns = memories.columns();
        for (int i = 0; i < scores.length; i++) {
            var place = columns.place[i];
            if (place == Entry.NO_PLACE) {
                scores[i] = isOf(query.vectorModel(), memories.get(i)) ? cosine(question, columns.vector[i]) : 0;
            } else if (products != null) {
                scores[i] = products[place];
            }
            scores[i] = Math.max(0, scores[i]);
        }
        return scores;
    }

    /** Vectors of different models are never compared. */
    static boolean isOf(String model, Entry entry) {
        return entry.memory.vectorModel().equals(model);
    }

    /** 0 for vectors of another length. */
    static double cosine(float[] question, float[] vector) {
        return question.length == vector.length ? VectorUtil.dotProduct(question, vector) : 0;
    }
}
