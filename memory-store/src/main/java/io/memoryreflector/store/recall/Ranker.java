package io.memoryreflector.store.recall;

import io.memoryreflector.events.Tier;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Ranks one user's memories for a question. Pure and deterministic: equal input gives an equal order, whatever the order
 * in which the memories came.
 *
 * <p>The score is the larger of {@code (words + meaning) * speaker * asking * dated * time + session} and
 * {@code situation}, times {@code recency * currency}; an explanation gives each under its name.
 */
final class Ranker {

    private final UserMemories memories;
    private final Columns columns;
    private final RecallQuery query;
    private final double[] words;
    private final double[] meaning;
    private final List<Factor> ofRelevance;
    private final List<Factor> ofTime;
    private final double[] relevance;
    private final double[] bySession;
    private final double sessionShare;
    private final double[] situations;
    /** Up to which time the memories are asked, in milliseconds since 1970. */
    private final long until;

    private Ranker(UserMemories memories, RecallQuery query, Weights weights) {
        this.memories = memories;
        this.columns = memories.columns();
        this.query = query;
        var turnBefore = weights.turnBefore();
        words = shares(
                TurnBefore.lent(memories, Words.scores(memories, TermCounts.of(query.text())), turnBefore),
                weights.words());
        meaning = shares(TurnBefore.lent(memories, Meaning.scores(memories, query), turnBefore), weights.meaning());
        if (query.vector().isPresent() && weights.words() > 0) {
            takeWordsForMeaning(weights.meaning() / weights.words());
        }
        var factors = new Factors(memories, query, weights);
        ofRelevance = factors.ofRelevance();
        ofTime = factors.ofTime();
        relevance = new double[memories.size()];
        until = query.asOf().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        var multiplying = multiplying(ofRelevance);
        for (int i = 0; i < relevance.length; i++) {
            relevance[i] = columns.at[i] > until ? 0 : (words[i] + meaning[i]) * product(multiplying, i);
        }
        bySession = Sessions.best(memories, relevance);
        sessionShare = weights.session();
        situations = Situations.applying(memories, query, weights.situation());
    }

    /** What has no vector to compare, as a turn just written, is taken to mean as much as its words say. */
    private void takeWordsForMeaning(double scale) {
        var length = query.vector().orElseThrow().length;
        var arePlacedOfModel = memories.pages().areOf(query.vectorModel(), length);
        for (int i = 0; i < meaning.length; i++) {
            var isPlaced = columns.place[i] != Entry.NO_PLACE;
            if (isPlaced ? !arePlacedOfModel : !isComparable(i, length)) {
                meaning[i] = words[i] * scale;
            }
        }
    }

    private boolean isComparable(int index, int length) {
        return columns.vector[index].length == length && Meaning.isOf(query.vectorModel(), memories.get(index));
    }

    /** The best memories for a question, best first. */
    static List<RecalledItem> rank(UserMemories memories, RecallQuery query, Weights weights) {
        var ranker = new Ranker(memories, query, weights);
        var scores = ranker.scores();
        var chosen = new Selection(memories, scores, query.limit()).best();
        return TokenBudget.cut(
                chosen.stream().map(i -> ranker.explained(i, scores[i])).toList(), query.maxTokens());
    }

    private double[] scores() {
        var scores = new double[memories.size()];
        var highest = 0.0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = relevance[i] > 0 ? relevance[i] + session(i) : 0;
            highest = Math.max(highest, scores[i]);
        }
        var multiplying = multiplying(ofTime);
        var tiers = EnumSet.noneOf(Tier.class); // Of one bit each.
        tiers.addAll(query.tiers());
        for (int i = 0; i < scores.length; i++) {
            if (columns.at[i] > until || !tiers.contains(columns.tier[i])) {
                scores[i] = 0;
            } else {
                // A procedure that applies stands as high as the best of what is on the matter.
                situations[i] *= highest;
                scores[i] = Math.max(scores[i], situations[i]) * product(multiplying, i);
            }
        }
        return scores;
    }

    private double session(int index) {
        return sessionShare * bySession[memories.session(index)];
    }

    private RecalledItem explained(int index, double score) {
        var parts = new LinkedHashMap<String, Double>();
        parts.put("words", words[index]);
        parts.put("meaning", meaning[index]);
        ofRelevance.forEach(factor -> parts.put(factor.name(), factor.at(index)));
        parts.put("session", session(index));
        parts.put("situation", situations[index]);
        ofTime.forEach(factor -> parts.put(factor.name(), factor.at(index)));
        return new RecalledItem(memories.get(index).memory, score, parts);
    }

    /** Each as a share of the highest, times the weight. */
    private static double[] shares(double[] scores, double weight) {
        var highest = Double.MIN_NORMAL;
        for (var score : scores) {
            highest = Math.max(highest, score);
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] *= weight / highest;
        }
        return scores;
    }

    private static Factor[] multiplying(List<Factor> factors) {
        return factors.stream().filter(Factor::multiplies).toArray(Factor[]::new);
    }

    private static double product(Factor[] factors, int index) {
        var product = 1.0;
        for (var factor : factors) {
            product *= factor.at(index);
        }
        return product;
    }
}
