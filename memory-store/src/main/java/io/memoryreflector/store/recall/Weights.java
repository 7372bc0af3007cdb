package io.memoryreflector.store.recall;

/**
 * How much each ingredient of a ranking counts. Words and meaning are added, each as a share of its highest value; the
 * factors multiply by one plus or minus the weight.
 *
 * @param words of the part that is BM25
 * @param meaning of the part that is cosine
 * @param turnBefore share of the previous turn's score that a turn gets on top
 * @param session share of its session's best score that a memory gets on top
 * @param speaker gained by memories of those whom the question names
 * @param asking lost by a turn that does nothing but ask
 * @param dated gained by memories that name a time, where one is asked for
 * @param time gained by memories of the time that the question names
 * @param situation cosine at which a procedure stands as high as the best of the others; 0 leaves its situation out
 * @param recency gained by the newest memory over the oldest
 * @param superseded lost by what is no longer true
 */
public record Weights(
        double words,
        double meaning,
        double turnBefore,
        double session,
        double speaker,
        double asking,
        double dated,
        double time,
        double situation,
        double recency,
        double superseded) {

    /** What {@code docs/recall.md} measures. */
    public static final Weights STANDARD = new Weights(0.45, 0.55, 0.4, 0.25, 0.2, 0.4, 0.25, 0.3, 0.28, 0.02, 0.5);

    /** These weights, with one ingredient of no effect. */
    public Weights without(Ingredient left) {
        return new Weights(
                left == Ingredient.WORDS ? 0 : words,
                left == Ingredient.MEANING ? 0 : meaning,
                left == Ingredient.TURN_BEFORE ? 0 : turnBefore,
                left == Ingredient.SESSION ? 0 : session,
                left == Ingredient.SPEAKER ? 0 : speaker,
                left == Ingredient.ASKING ? 0 : asking,
                left == Ingredient.DATED ? 0 : dated,
                left == Ingredient.TIME ? 0 : time,
                left == Ingredient.SITUATION ? 0 : situation,
                left == Ingredient.RECENCY ? 0 : recency,
                left == Ingredient.CURRENCY ? 0 : superseded);
    }
}
