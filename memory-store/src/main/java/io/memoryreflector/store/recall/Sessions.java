package io.memoryreflector.store.recall;

/** What was said when the matter was talked about is likelier to be on it than the same words on another day. Pure. */
final class Sessions {

    private Sessions() {}

    /** The best score of each session. */
    static double[] best(UserMemories memories, double[] scores) {
        var best = new double[memories.sessions()];
        for (int i = 0; i < scores.length; i++) {
            var session = memories.session(i);
            best[session] = Math.max(best[session], scores[i]);
        }
        return best;
    }
}
