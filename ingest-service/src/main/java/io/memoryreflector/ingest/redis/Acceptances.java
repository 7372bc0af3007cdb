package io.memoryreflector.ingest.redis;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.status.Acceptance;
import io.memoryreflector.store.status.InteractionStatus;
import io.memoryreflector.store.status.StatusBoard;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Redis as the write path uses it: the status board is asked before Kafka, and it and tier 1 are told afterwards, off the
 * path. Without Redis every interaction counts as new, because the topology drops repeats anyway. Thread-safe.
 */
@Component
public final class Acceptances implements AutoCloseable {

    private static final int CAPACITY = 65_536;

    /** For how long a write waits until a recall through another process finds the turn too. */
    public static final Duration TIER_ONE = Duration.ofMillis(100);

    private final StatusBoard board;
    private final ShortTermMemory memory;
    private final RedisGuard guard;
    private final Drain<News> afterwards = new Drain<>("acceptances", CAPACITY, this::tell);

    Acceptances(StatusBoard board, ShortTermMemory memory, RedisGuard guard) {
        this.board = board;
        this.memory = memory;
        this.guard = guard;
    }

    /** Whether each interaction is new, known to the log, or another user's: asked in one round trip. */
    public List<Acceptance> accept(List<Interaction> interactions) {
        return interactions.isEmpty()
                ? List.of()
                : guard.callOr(
                        Collections.nCopies(interactions.size(), Acceptance.NEW), () -> board.accept(interactions));
    }

    /**
     * Kafka has it; the future ends once the board and tier 1 have been told. If this is missed, the sink tells them when it
     * sees the interaction in the log.
     */
    public CompletableFuture<Void> acknowledged(Interaction interaction) {
        return tellAfterwards(interaction, true);
    }

    /** Kafka did not take it. If this is missed, the mark expires by itself. */
    public void withdraw(Interaction interaction) {
        tellAfterwards(interaction, false);
    }

    private CompletableFuture<Void> tellAfterwards(Interaction interaction, boolean inLog) {
        var news = new News(interaction, inLog, System.nanoTime(), new CompletableFuture<>());
        if (!afterwards.offer(news)) {
            news.told.complete(null);
        }
        return news.told;
    }

    /** What the board knows of an interaction, if it answers. */
    public Optional<InteractionStatus> find(String interactionId) {
        return guard.callOr(Optional.empty(), () -> board.find(interactionId));
    }

    @Override
    public void close() {
        afterwards.close();
    }

    private void tell(List<News> news) {
        try {
            var inLog = news.stream().filter(News::inLog).toList();
            tell(inLog, board::received);
            // What nobody waits for any more is left to the sink, which does it again in any case: so Redis catches up.
            var awaited = inLog.stream().filter(News::isAwaited).toList();
            tell(awaited, memory::remember);
            for (var refused : news) {
                if (!refused.inLog) {
                    var user = new UserKey(refused.interaction.getNamespace(), refused.interaction.getUserId());
                    guard.run(() -> board.withdraw(user, refused.interaction.getInteractionId()));
                }
            }
        } finally {
            news.forEach(one -> one.told.complete(null));
        }
    }

    /** Nothing to tell is no sign of life. */
    private void tell(List<News> news, Consumer<List<Interaction>> told) {
        if (!news.isEmpty()) {
            guard.run(() -> told.accept(news.stream().map(News::interaction).toList()));
        }
    }

    /** @param since when it was news, as {@link System#nanoTime} says */
    private record News(Interaction interaction, boolean inLog, long since, CompletableFuture<Void> told) {

        boolean isAwaited() {
            return System.nanoTime() - since < TIER_ONE.toNanos();
        }
    }
}
