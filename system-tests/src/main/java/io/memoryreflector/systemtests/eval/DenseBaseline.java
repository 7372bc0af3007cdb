package io.memoryreflector.systemtests.eval;

import io.memoryreflector.reflection.embedding.Embedder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Cosine of the vectors of the messages, each for itself. Thread-safe. */
final class DenseBaseline implements Ranking {

    private static final int LIMIT = 100;

    private final List<LabelledConversation.Turn> turns;
    private final List<float[]> vectors;
    private final Embedder embedder;

    DenseBaseline(LabelledConversation conversation, Embedder embedder) {
        this.turns = conversation.turns();
        this.embedder = embedder;
        this.vectors = embedder.embed(turns.stream().map(Messages::text).toList());
    }

    @Override
    public List<RankedItem> rank(LabelledConversation.Question question) {
        var asked = embedder.embed(question.text());
        var scores = vectors.stream().mapToDouble(vector -> dot(asked, vector)).toArray();
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .limit(LIMIT)
                .map(i -> Messages.item(turns.get(i)))
                .toList();
    }

    private static double dot(float[] a, float[] b) {
        var sum = 0.0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
