package io.memoryreflector.reflection.session;

import io.memoryreflector.events.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An extract of a session: what was learnt of its user, and the turns that say most of what the others talk about. The
 * same lines in any order give the same extract. Pure.
 *
 * <p>Turns are chosen greedily by the words of the session that they cover and none before them does, weighed by how many
 * turns share a word (H. Lin and J. Bilmes, A Class of Submodular Functions for Document Summarization, ACL 2011).
 *
 * @param text one line for each memory that was chosen, in the order of time
 * @param chosen ids of those memories, in the same order
 */
public record SessionDigest(String text, List<String> chosen) {

    /** Name and version of these rules, as they stand in a summary's reflector. */
    public static final String NAME = "offline-extract";

    public static final String VERSION = "1";

    private static final int MOST_LEARNT = 10;
    private static final int MOST_TURNS = 4;
    private static final int LONGEST_LINE = 200;
    private static final int SHORTEST_WORD = 4;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private static final Comparator<SessionLine> BY_TIME =
            Comparator.comparing(SessionLine::occurredAt).thenComparing(SessionLine::memoryId);

    /** The extract of a session's memories. */
    public static SessionDigest of(Collection<SessionLine> lines) {
        var chosen = chosen(lines, MOST_LEARNT, MOST_TURNS);
        return new SessionDigest(
                chosen.stream().map(line -> shortened(line.text())).collect(Collectors.joining("\n")),
                chosen.stream().map(SessionLine::memoryId).toList());
    }

    /** At most so many lines that say most of a session, in the order of time: all of them if they are no more than that. */
    public static List<SessionLine> most(Collection<SessionLine> lines, int count) {
        return lines.size() <= count
                ? lines.stream().sorted(BY_TIME).toList()
                : chosen(lines, count / 2, count - count / 2);
    }

    private static List<SessionLine> chosen(Collection<SessionLine> lines, int mostLearnt, int mostTurns) {
        var inOrder = lines.stream().sorted(BY_TIME).toList();
        var chosen = new ArrayList<SessionLine>();
        chosen.addAll(learnt(inOrder, mostLearnt));
        chosen.addAll(turns(inOrder, mostTurns));
        chosen.sort(BY_TIME);
        return chosen;
    }

    /** The most important of what is true and of how things are wanted; what is said twice counts once. */
    private static List<SessionLine> learnt(List<SessionLine> lines, int most) {
        var said = new HashSet<String>();
        return lines.stream()
                .filter(line -> line.tier() != Tier.EPISODIC)
                .filter(line -> said.add(line.text().toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparingDouble(SessionLine::importance)
                        .reversed()
                        .thenComparing(BY_TIME))
                .limit(most)
                .toList();
    }

    private static List<SessionLine> turns(List<SessionLine> lines, int most) {
        var words = new HashMap<SessionLine, Set<String>>();
        var shared = new HashMap<String, Integer>();
        for (var line : lines) {
            if (line.tier() == Tier.EPISODIC) {
                words.put(line, words(line.text()));
                words.get(line).forEach(word -> shared.merge(word, 1, Integer::sum));
            }
        }
        var candidates =
                new ArrayList<>(lines.stream().filter(words::containsKey).toList());
        var covered = new HashSet<String>();
        var chosen = new ArrayList<SessionLine>();
        while (chosen.size() < most) {
            var next = best(candidates, words, shared, covered);
            if (next.isEmpty()) {
                break;
            }
            chosen.add(next.get());
            candidates.remove(next.get());
            covered.addAll(words.get(next.get()));
        }
        return chosen;
    }

    /** The first of those that add most; empty if none adds anything. */
    private static Optional<SessionLine> best(
            List<SessionLine> candidates,
            Map<SessionLine, Set<String>> words,
            Map<String, Integer> shared,
            Set<String> covered) {
        SessionLine best = null;
        var most = 0.0;
        for (var candidate : candidates) {
            var adds = 0.0;
            for (var word : words.get(candidate)) {
                adds += covered.contains(word) ? 0 : shared.get(word);
            }
            // A long turn covers much because it is long.
            adds /= Math.sqrt(1 + words.get(candidate).size());
            if (adds > most) {
                most = adds;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private static Set<String> words(String text) {
        var words = new LinkedHashSet<String>();
        var matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            if (matcher.end() - matcher.start() >= SHORTEST_WORD) {
                words.add(matcher.group());
            }
        }
        return words;
    }

    private static String shortened(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= LONGEST_LINE) {
            return line;
        }
        var end = Character.isHighSurrogate(line.charAt(LONGEST_LINE - 1)) ? LONGEST_LINE - 1 : LONGEST_LINE;
        return line.substring(0, end) + "…";
    }
}
