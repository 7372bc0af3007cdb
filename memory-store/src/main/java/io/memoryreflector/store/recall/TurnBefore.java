package io.memoryreflector.store.recall;

/** A turn is understood with the one before it: "The cello" answers "Which instrument do you play?". Pure. */
final class TurnBefore {

    private TurnBefore() {}

    /** The scores, each turn's with a share of the previous turn's on top. */
    static double[] lent(UserMemories memories, double[] scores, double share) {
        var lent = scores.clone();
        for (int i = 1; i < lent.length; i++) {
            var before = memories.turnBefore(i);
            if (before >= 0) {
                lent[i] += share * scores[before];
            }
        }
        return lent;
    }
}
