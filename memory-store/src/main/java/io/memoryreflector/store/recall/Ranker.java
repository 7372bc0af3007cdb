package io.memoryreflector.store.recall;

import io.memoryreflector.store.longterm.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Ranks one user's memories for a question: words (BM25 over the user's own memories), meaning (cosine) and the turn
 * before, fused into one order. Pure and deterministic: equal input gives an equal order.
 *
 * <p>BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with Lucene's
 * defaults. Fusion: each part divided by its highest value, then added by weight.
 */
final class Ranker {

    private static final double K1 = 1.2;
    private static final double B = 0.75;

    /** A turn is understood with the one before it. */
    private static final double TURN_BEFORE = 0.5;

    private static final double WORDS = 0.6;
    private static final double MEANING = 0.4;

    /** What is no longer true stands behind what is. */
    private static final double SUPERSEDED = 0.5;

    private static final int CHARACTERS_PER_TOKEN = 4;

    private Ranker() {}

    static List<RecalledItem> rank(UserMemories memories, RecallQuery query) {
        var words = withTurnBefore(memories, words(memories, query.text()));
        var meaning = withTurnBefore(memories, meaning(memories, query));
        var highestWords = highest(words);
        var highestMeaning = highest(meaning);
        var items = new ArrayList<RecalledItem>();
        for (int i = 0; i < memories.size(); i++) {
            var memory = memories.get(i);
            if (!query.tiers().contains(memory.tier()) || isLater(memory, query.asOf())) {
                continue;
            }
            var wordsPart = WORDS * words[i] / highestWords;
            var meaningPart = MEANING * meaning[i] / highestMeaning;
            var currency = isSuperseded(memory, query.asOf()) ? SUPERSEDED : 1.0;
            var score = (wordsPart + meaningPart) * currency;
            if (score > 0) {
                var parts = new LinkedHashMap<String, Double>();
                parts.put("words", wordsPart);
                parts.put("meaning", meaningPart);
                parts.put("currency", currency);
                items.add(new RecalledItem(memory, score, parts));
            }
        }
        items.sort(Comparator.comparingDouble(RecalledItem::score).reversed().thenComparing(item -> item.memory()
                .memoryId()));
        return cut(newSourcesFirst(items, query.limit()), query);
    }

    /** Puts those whose messages all stand higher already behind those that bring a new one. */
    private static List<RecalledItem> newSourcesFirst(List<RecalledItem> ranked, int limit) {
        var seen = new HashSet<String>();
        var first = new ArrayList<RecalledItem>();
        var covered = new ArrayList<RecalledItem>();
        for (var item : ranked) {
            var brings = false;
            for (var source : item.memory().sources()) {
                brings |= seen.add(source.getInteractionId() + ' ' + source.getMessageId());
            }
            (brings ? first : covered).add(item);
            if (first.size() == limit) {
                return first;
            }
        }
        first.addAll(covered);
        return first.subList(0, Math.min(limit, first.size()));
    }

    private static List<RecalledItem> cut(List<RecalledItem> items, RecallQuery query) {
        if (query.maxTokens().isEmpty()) {
            return List.copyOf(items);
        }
        var tokens = 0;
        var fitting = new ArrayList<RecalledItem>();
        for (var item : items) {
            tokens += Math.max(1, item.memory().text().length() / CHARACTERS_PER_TOKEN);
            if (tokens > query.maxTokens().getAsInt()) {
                break;
            }
            fitting.add(item);
        }
        return fitting;
    }

    private static double[] words(UserMemories memories, String query) {
        var scores = new double[memories.size()];
        for (var term : new HashSet<>(Terms.of(query))) {
            var postings = memories.postings(term);
            if (postings.isEmpty()) {
                continue;
            }
            var found = postings.size();
            var rarity = Math.log(1 + (memories.size() - found + 0.5) / (found + 0.5));
            for (var posting : postings) {
                var norm = K1 * (1 - B + B * memories.length(posting.index()) / memories.averageLength());
                scores[posting.index()] += rarity * posting.count() / (posting.count() + norm);
            }
        }
        return scores;
    }

    private static double[] meaning(UserMemories memories, RecallQuery query) {
        var scores = new double[memories.size()];
        if (query.vector().isEmpty()) {
            return scores;
        }
        var question = query.vector().get();
        for (int i = 0; i < scores.length; i++) {
            var memory = memories.get(i);
            if (memory.vector().length == question.length
                    && memory.vectorModel().equals(query.vectorModel())) {
                scores[i] = Math.max(0, dot(question, memory.vector()));
            }
        }
        return scores;
    }

    private static double[] withTurnBefore(UserMemories memories, double[] scores) {
        var smoothed = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            var before = memories.turnBefore(i);
            smoothed[i] = scores[i] + (before < 0 ? 0 : TURN_BEFORE * scores[before]);
        }
        return smoothed;
    }

    private static float dot(float[] a, float[] b) {
        var sum = 0f;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double highest(double[] scores) {
        var highest = Double.MIN_NORMAL;
        for (var score : scores) {
            highest = Math.max(highest, score);
        }
        return highest;
    }

    private static boolean isLater(Memory memory, Optional<Instant> asOf) {
        return asOf.isPresent() && memory.occurredAt().isAfter(asOf.get());
    }

    private static boolean isSuperseded(Memory memory, Optional<Instant> asOf) {
        return memory.validTo().isPresent()
                && (asOf.isEmpty() || !memory.validTo().get().isAfter(asOf.get()));
    }
}
