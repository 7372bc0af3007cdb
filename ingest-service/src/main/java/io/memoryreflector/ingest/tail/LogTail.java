package io.memoryreflector.ingest.tail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.UserKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * The end of each user's log as this process has taken it: what tier 1 may not have yet, because Redis was slow, or does
 * not keep, because it is of long ago. Bounded in time and memory; after a restart tier 1 is what there is. Thread-safe.
 */
@Component
public final class LogTail {

    private static final long MAX_BYTES = 64L << 20;
    private static final int MOST_OF_A_USER = 50;
    private static final int BYTES_BESIDE_THE_TEXT = 500;

    private final Cache<UserKey, Tail> taken = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .<UserKey, Tail>weigher((user, tail) -> tail.weight)
            .expireAfterWrite(Duration.ofHours(1))
            // Its upkeep takes less than waking another thread for it.
            .executor(Runnable::run)
            .build();

    /** Remembers what is safe, before its caller is told so. */
    public void took(Interaction interaction) {
        var user = new UserKey(interaction.getNamespace(), interaction.getUserId());
        var turn = new Turn(interaction, weight(interaction));
        taken.asMap().compute(user, (key, tail) -> (tail == null ? Tail.EMPTY : tail).with(turn));
    }

    /** What was taken of a user last, oldest first. */
    public List<Interaction> of(UserKey user) {
        var tail = taken.getIfPresent(user);
        return tail == null
                ? List.of()
                : tail.turns.stream().map(Turn::interaction).toList();
    }

    /** Drops what is meant of a user. */
    public void forget(UserKey user, Predicate<Interaction> meant) {
        taken.asMap().computeIfPresent(user, (key, tail) -> tail.without(meant));
    }

    /** The length in chars stands for that in bytes: it is a bound on memory, and Java's own texts take no more than twice that. */
    private static int weight(Interaction interaction) {
        return interaction.getMessages().stream()
                .mapToInt(
                        message -> BYTES_BESIDE_THE_TEXT + message.getContent().length())
                .sum();
    }

    /** An interaction, weighed once. */
    private record Turn(Interaction interaction, int weight) {}

    /** The end of a user's log, oldest first. Immutable. */
    private record Tail(List<Turn> turns, int weight) {

        static final Tail EMPTY = new Tail(List.of(), 0);

        Tail with(Turn added) {
            var from = turns.size() < MOST_OF_A_USER ? 0 : 1;
            var all = new ArrayList<Turn>(turns.size() + 1);
            all.addAll(turns.subList(from, turns.size()));
            all.add(added);
            var dropped = from == 0 ? 0 : turns.get(0).weight;
            return new Tail(Collections.unmodifiableList(all), weight - dropped + added.weight);
        }

        Tail without(Predicate<Interaction> meant) {
            var left =
                    turns.stream().filter(turn -> !meant.test(turn.interaction)).toList();
            return new Tail(left, left.stream().mapToInt(Turn::weight).sum());
        }
    }
}
