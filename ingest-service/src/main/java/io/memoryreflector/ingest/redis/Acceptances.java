package io.memoryreflector.ingest.redis;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.status.Acceptance;
import io.memoryreflector.store.status.InteractionStatus;
import io.memoryreflector.store.status.StatusBoard;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/**
 * The status board as the write path uses it: asked before Kafka, told afterwards off the path. Without Redis every
 * interaction counts as new, because the topology drops repeats anyway. Thread-safe.
 */
@Component
public final class Acceptances implements AutoCloseable {

    private static final int CAPACITY = 65_536;

    private final StatusBoard board;
    private final RedisGuard guard;
    private final Drain<News> afterwards = new Drain<>("acceptances", CAPACITY, this::tell);

    Acceptances(StatusBoard board, RedisGuard guard) {
        this.board = board;
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
     * Kafka has it; the future ends once the board has been told. If this is missed, the sink tells the board when it sees
     * the interaction in the log.
     */
    public CompletableFuture<Void> acknowledged(Interaction interaction) {
        return tellAfterwards(interaction, true);
    }

    /** Kafka did not take it. If this is missed, the mark expires by itself. */
    public void withdraw(Interaction interaction) {
        tellAfterwards(interaction, false);
    }

    private CompletableFuture<Void> tellAfterwards(Interaction interaction, boolean inLog) {
        var news = new News(interaction, inLog, new CompletableFuture<>());
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
            var inLog = news.stream().filter(News::inLog).map(News::interaction).toList();
            guard.run(() -> board.received(inLog));
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

    private record News(Interaction interaction, boolean inLog, CompletableFuture<Void> told) {}
}
