package io.memoryreflector.systemtests.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Extracted facts against those that people found. A pair matches where the extracted one cites a message of the
 * evidence or the one beside it, and their stemmed words have an F1 of 0.4 and more; each fact is in one pair at most,
 * the closest pairs first.
 *
 * @param matched pairs
 * @param extracted facts
 * @param stated facts
 */
record FactScore(int matched, int extracted, int stated) {

    private static final double CLOSE_ENOUGH = 0.4;
    private static final Analyzer ENGLISH = new EnglishAnalyzer();

    /** What was extracted, and the messages that it cites. */
    record Extracted(String text, Set<String> messages) {}

    private record Pair(int extracted, int stated, double likeness) {}

    static FactScore of(LabelledConversation conversation, List<Extracted> extracted) {
        var place = new HashMap<String, Integer>();
        conversation.turns().forEach(turn -> place.put(turn.messageId(), place.size()));
        var stated = conversation.facts();
        var statedWords = stated.stream().map(fact -> words(fact.text())).toList();
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < extracted.size(); i++) {
            var words = words(extracted.get(i).text());
            for (int j = 0; j < stated.size(); j++) {
                if (isNear(extracted.get(i).messages(), stated.get(j).evidence(), place)) {
                    pairs.add(new Pair(i, j, f1(words, statedWords.get(j))));
                }
            }
        }
        pairs.removeIf(pair -> pair.likeness < CLOSE_ENOUGH);
        pairs.sort(Comparator.comparingDouble((Pair pair) -> -pair.likeness));
        var takenExtracted = new HashSet<Integer>();
        var takenStated = new HashSet<Integer>();
        for (var pair : pairs) {
            if (!takenExtracted.contains(pair.extracted) && !takenStated.contains(pair.stated)) {
                takenExtracted.add(pair.extracted);
                takenStated.add(pair.stated);
            }
        }
        return new FactScore(takenStated.size(), extracted.size(), stated.size());
    }

    FactScore plus(FactScore other) {
        return new FactScore(matched + other.matched, extracted + other.extracted, stated + other.stated);
    }

    double precision() {
        return extracted == 0 ? 0 : (double) matched / extracted;
    }

    double recall() {
        return stated == 0 ? 0 : (double) matched / stated;
    }

    double f1() {
        return extracted + stated == 0 ? 0 : 2.0 * matched / (extracted + stated);
    }

    private static boolean isNear(Set<String> cited, Set<String> evidence, Map<String, Integer> place) {
        return cited.stream()
                .map(place::get)
                .anyMatch(at -> at != null
                        && evidence.stream()
                                .map(place::get)
                                .anyMatch(said -> said != null && Math.abs(at - said) <= 1));
    }

    private static double f1(Map<String, Integer> one, Map<String, Integer> other) {
        var common = one.entrySet().stream()
                .mapToInt(word -> Math.min(word.getValue(), other.getOrDefault(word.getKey(), 0)))
                .sum();
        var all = size(one) + size(other);
        return all == 0 ? 0 : 2.0 * common / all;
    }

    private static int size(Map<String, Integer> words) {
        return words.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> words(String text) {
        var words = new HashMap<String, Integer>();
        try (var stream = ENGLISH.tokenStream("", text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.merge(term.toString(), 1, Integer::sum);
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
