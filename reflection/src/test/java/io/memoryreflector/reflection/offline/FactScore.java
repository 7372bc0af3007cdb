package io.memoryreflector.reflection.offline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import opennlp.tools.stemmer.PorterStemmer;

/**
 * How well facts that were found agree with facts that people wrote down: one to one, in the same talk at most one turn
 * from the evidence, with at least 0.4 of the stemmed words in common (F1). Pairs are made from the most alike down.
 *
 * @param found facts that were found
 * @param written facts that were written down
 * @param matched pairs of the two
 * @param tokens words of all facts found
 */
record FactScore(int found, int written, int matched, long tokens) {

    static final double ALIKE = 0.4;

    /** A fact and where it was said. */
    record Told(String text, String session, Set<Integer> turns) {

        Told(String text, String session, int turn) {
            this(text, session, new TreeSet<>(Set.of(turn)));
        }

        private boolean isNear(Told other) {
            return session.equals(other.session)
                    && turns.stream().anyMatch(turn -> other.turns.stream().anyMatch(at -> Math.abs(at - turn) <= 1));
        }
    }

    static FactScore of(List<Told> found, List<Told> written) {
        record Pair(int found, int written, double alike) {}
        var foundWords = found.stream().map(told -> words(told.text())).toList();
        var writtenWords = written.stream().map(told -> words(told.text())).toList();
        var pairs = new ArrayList<Pair>();
        for (var i = 0; i < found.size(); i++) {
            for (var j = 0; j < written.size(); j++) {
                var alike = found.get(i).isNear(written.get(j)) ? f1(foundWords.get(i), writtenWords.get(j)) : 0;
                if (alike >= ALIKE) {
                    pairs.add(new Pair(i, j, alike));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::alike).reversed());
        var takenFound = new boolean[found.size()];
        var takenWritten = new boolean[written.size()];
        var matched = 0;
        for (var pair : pairs) {
            if (!takenFound[pair.found()] && !takenWritten[pair.written()]) {
                takenFound[pair.found()] = true;
                takenWritten[pair.written()] = true;
                matched++;
            }
        }
        return new FactScore(
                found.size(),
                written.size(),
                matched,
                foundWords.stream().mapToLong(List::size).sum());
    }

    FactScore plus(FactScore other) {
        return new FactScore(
                found + other.found, written + other.written, matched + other.matched, tokens + other.tokens);
    }

    double precision() {
        return found == 0 ? 0 : (double) matched / found;
    }

    double recall() {
        return (double) matched / written;
    }

    double f1() {
        return matched == 0 ? 0 : 2.0 * matched / (found + written);
    }

    private static List<String> words(String text) {
        var stemmer = new PorterStemmer();
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(stemmer::stem)
                .toList();
    }

    private static double f1(List<String> a, List<String> b) {
        Map<String, Integer> left = new HashMap<>();
        a.forEach(word -> left.merge(word, 1, Integer::sum));
        var common = 0;
        for (var word : b) {
            if (left.merge(word, -1, Integer::sum) >= 0) {
                common++;
            }
        }
        return common == 0 ? 0 : 2.0 * common / (a.size() + b.size());
    }
}
