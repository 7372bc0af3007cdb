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
        var found = new Matches(question.hashes());
        for (int session = 0; session < memories.sessions(); session++) {
            found.scan(memories.block(session), memories.start(session));
        }
        var rarities = Arrays.stream(found.holders)
                .mapToDouble(holders -> rarity(memories.size(), holders))
                .toArray();
        for (int n = 0; n < found.size; n++) {
            var memory = found.memory[n];
            var count = found.count[n];
            var norm = K1 * (1 - B + B * memories.get(memory).length / memories.averageLength());
            scores[memory] += rarities[found.term[n]] * count / (count + norm);
        }
        return scores;
    }

    private static double rarity(int memories, int holders) {
        return Math.log(1 + (memories - holders + 0.5) / (holders + 0.5));
    }

    /** Which memory holds which term of the question, and how often, in the order of memories and terms. */
    private static final class Matches {
        private final long[] question;
        /** A bit for each term of the question: most terms are told apart by it alone. */
        private final long filter;

        private final int[] holders;
        private int[] memory = new int[256];
        private int[] term = new int[256];
        private int[] count = new int[256];
        private int size;

        Matches(long[] question) {
            this.question = question;
            this.holders = new int[question.length];
            var bits = 0L;
            for (var hash : question) {
                bits |= 1L << hash;
            }
            this.filter = bits;
        }

        void scan(SessionBlock block, int start) {
            var terms = block.terms();
            for (int i = 0; i < terms.length; i++) {
                if ((filter >>> terms[i] & 1) != 0) {
                    var at = Arrays.binarySearch(question, terms[i]);
                    if (at >= 0) {
                        holders[at]++;
                        add(start + block.termEntry(i), at, block.termCount(i));
                    }
                }
            }
        }

        private void add(int inMemory, int ofTerm, int howOften) {
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
