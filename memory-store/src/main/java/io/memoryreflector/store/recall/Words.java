package io.memoryreflector.store.recall;

import java.util.Arrays;

/**
 * BM25 over one user's memories: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
 * (2009), with Lucene's defaults. Pure.
 */
final class Words {

    private static final double K1 = 1.2;
    private static final double B = 0.75;

    private Words() {}

    /** The score of each memory. */
    static double[] scores(UserMemories memories, TermCounts question) {
        var scores = new double[memories.size()];
        if (question.distinct() == 0) {
            return scores;
        }
        var found = new Matches();
        var holders = new int[question.distinct()];
        for (int i = 0; i < scores.length; i++) {
            match(question.hashes(), memories.get(i).terms, i, found, holders);
        }
        for (int n = 0; n < found.size; n++) {
            var memory = found.memory[n];
            var count = found.count[n];
            var norm = K1 * (1 - B + B * memories.get(memory).terms.length() / memories.averageLength());
            scores[memory] += rarity(memories.size(), holders[found.term[n]]) * count / (count + norm);
        }
        return scores;
    }

    private static double rarity(int memories, int holders) {
        return Math.log(1 + (memories - holders + 0.5) / (holders + 0.5));
    }

    /** Both are sorted: looks for each term of the question beyond the place of the last. */
    private static void match(long[] question, TermCounts terms, int memory, Matches found, int[] holders) {
        var hashes = terms.hashes();
        var from = 0;
        for (int term = 0; term < question.length && from < hashes.length; term++) {
            var at = Arrays.binarySearch(hashes, from, hashes.length, question[term]);
            if (at >= 0) {
                found.add(memory, term, terms.counts()[at]);
                holders[term]++;
                from = at + 1;
            } else {
                from = -at - 1;
            }
        }
    }

    /** Which memory holds which term of the question, and how often. */
    private static final class Matches {
        private int[] memory = new int[256];
        private int[] term = new int[256];
        private int[] count = new int[256];
        private int size;

        void add(int inMemory, int ofTerm, int howOften) {
            if (size == memory.length) {
                memory = Arrays.copyOf(memory, 2 * size);
                term = Arrays.copyOf(term, 2 * size);
                count = Arrays.copyOf(count, 2 * size);
            }
            memory[size] = inMemory;
            term[size] = ofTerm;
            count[size++] = howOften;
        }
    }
}
