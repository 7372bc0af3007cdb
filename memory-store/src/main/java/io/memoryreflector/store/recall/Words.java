package io.memoryreflector.store.recall;

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
        for (var hash : question.hashes()) {
            add(scores, memories, hash);
        }
        return scores;
    }

    private static void add(double[] scores, UserMemories memories, long hash) {
        var terms = new int[memories.sessions()];
        var holders = 0;
        for (int session = 0; session < terms.length; session++) {
            var ofSession = memories.block(session).terms();
            terms[session] = ofSession.find(hash);
            holders += terms[session] < 0 ? 0 : ofSession.held(terms[session]);
        }
        var rarity = rarity(memories.size(), holders);
        var lengths = memories.columns().length;
        var ofLength = K1 * B / memories.averageLength();
        for (int session = 0; session < terms.length; session++) {
            if (terms[session] >= 0) {
                var start = memories.start(session);
                memories.block(session).terms().forHolders(terms[session], (entry, count) -> {
                    var memory = start + entry;
                    scores[memory] += rarity * count / (count + K1 * (1 - B) + ofLength * lengths[memory]);
                });
            }
        }
    }

    private static double rarity(int memories, int holders) {
        return Math.log(1 + (memories - holders + 0.5) / (holders + 0.5));
    }
}
