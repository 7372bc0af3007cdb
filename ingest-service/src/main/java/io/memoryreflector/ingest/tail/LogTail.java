package io.memoryreflector.ingest.tail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.UserKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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

    private final Cache<UserKey, List<Interaction>> taken = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .<UserKey, List<Interaction>>weigher((user, interactions) -> weight(interactions))
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    /** Remembers what is safe, before its caller is told so. */
    public void took(Interaction interaction) {
        var user = new UserKey(interaction.getNamespace(), interaction.getUserId());
        taken.asMap().merge(user, List.of(interaction), LogTail::joined);
    }

    /** What was taken of a user last, oldest first. */
    public List<Interaction> of(UserKey user) {
        var interactions = taken.getIfPresent(user);
        return interactions == null ? List.of() : interactions;
    }

    /** Drops what is meant of a user. */
    public void forget(UserKey user, Predicate<Interaction> meant) {
        taken.asMap().computeIfPresent(user, (key, interactions) -> interactions.stream()
                .filter(meant.negate())
                .toList());
    }

    private static List<Interaction> joined(List<Interaction> before, List<Interaction> added) {
        var all = new ArrayList<>(before);
        all.addAll(added);
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST_OF_A_USER), all.size()));
    }

    private static int weight(List<Interaction> interactions) {
        return interactions.stream()
                .flatMap(interaction -> interaction.getMessages().stream())
                .mapToInt(
                        message -> BYTES_BESIDE_THE_TEXT + message.getContent().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
