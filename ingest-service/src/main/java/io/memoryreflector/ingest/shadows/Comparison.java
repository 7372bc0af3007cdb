package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.ingest.shadows.UserPlan.Copy;
import io.memoryreflector.ingest.shadows.UserPlan.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a shadow would change, counted over all users, with examples that were drawn from all of them. Of one log and one
 * shadow it is the same each time. One thread.
 */
final class Comparison {

    /** The tiers that have memories of their own; sessions follow them. */
    static final List<Tier> TIERS = List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final int examples;
    private final Map<Tier, OfTier> tiers = new EnumMap<>(Tier.class);

    /** @param examples of each kind and tier, at most */
    Comparison(int examples) {
        this.examples = examples;
        TIERS.forEach(tier -> tiers.put(tier, new OfTier()));
    }

    /**
     * One difference.
     *
     * @param live empty where the shadow would add it
     * @param shadow empty where it would drop it
     */
    record Example(String user, String interactionId, Optional<Remembered> live, Optional<Remembered> shadow) {}

    /** One tier's differences. */
    final class OfTier {

        long same;
        long kept;
        long waiting;
        long own;
        final Drawn added = new Drawn();
        final Drawn dropped = new Drawn();
        final Drawn changed = new Drawn();
    }

    /** Some of many, each as likely as the others (Vitter's algorithm R). */
    final class Drawn {

        private final Random random = new Random(1);
        private final List<Example> examplesOfAll = new ArrayList<>();
        long count;

        private void add(Example example) {
            count++;
            if (examplesOfAll.size() < examples) {
                examplesOfAll.add(example);
            } else {
                var place = random.nextLong(count);
                if (place < examples) {
                    examplesOfAll.set((int) place, example);
                }
            }
        }

        List<Example> examples() {
            return examplesOfAll;
        }
    }

    OfTier of(Tier tier) {
        return tiers.get(tier);
    }

    /** Counts one user's. */
    void add(String user, List<Part> parts) {
        for (var part : parts) {
            var tier = tiers.get(part.group().tier());
            switch (part.verdict()) {
                case KEPT -> tier.kept++;
                case WAITING -> tier.waiting++;
                case OWN -> tier.own++;
                case SWITCHED -> compare(user, part, tier);
            }
        }
    }

    private static void compare(String user, Part part, OfTier tier) {
        tier.same += part.same().size();
        var dropped = new ArrayList<>(part.retired());
        for (var copy : part.added()) {
            var before = mostAlike(copy, dropped);
            before.ifPresent(dropped::remove);
            var example = new Example(user, part.group().interactionId(), before, Optional.of(copy.memory()));
            (before.isPresent() ? tier.changed : tier.added).add(example);
        }
        dropped.forEach(memory -> tier.dropped.add(
                new Example(user, part.group().interactionId(), Optional.of(memory), Optional.empty())));
    }

    /** Of those that rest on the same messages, the one that shares most of its words. */
    private static Optional<Remembered> mostAlike(Copy copy, List<Remembered> candidates) {
        var words = words(copy.memory().text());
        Remembered best = null;
        var most = -1.0;
        for (var candidate : candidates) {
            if (sources(candidate).equals(sources(copy.memory()))) {
                var alike = alike(words, words(candidate.text()));
                if (alike > most) {
                    most = alike;
                    best = candidate;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static Set<SourceRef> sources(Remembered memory) {
        return Set.copyOf(memory.sources());
    }

    /** Jaccard's coefficient. */
    private static double alike(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.retainAll(other);
        return (double) both.size() / Math.max(1, one.size() + other.size() - both.size());
    }

    private static Set<String> words(String text) {
        var words = new HashSet<String>();
        var matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }
}
