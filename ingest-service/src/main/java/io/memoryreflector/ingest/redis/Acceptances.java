package io.memoryreflector.ingest.redis;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.status.Acceptance;
import io.memoryreflector.store.status.InteractionStatus;
import io.memoryreflector.store.status.StatusBoard;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The status board as the write path uses it: asked before Kafka, told afterwards off the path. Without Redis every
 * interaction counts as new, because the topology drops repeats anyway. Thread-safe.
 */
@Component
public final class Acceptances implements AutoCloseable {

    private static final int CAPACITY = 16_384;

    private final StatusBoard board;
    private final RedisGuard guard;
    private final Drain<News> afterwards = new Drain<>("acceptances", CAPACITY, this::tell);

    Acceptances(StatusBoard board, RedisGuard guard) {
        this.board = board;
        this.guard = guard;
    }

    /** Whether the interaction is new, known to the log, or another user's. */
    public Acceptance accept(Interaction interaction) {
        return guard.callOr(Acceptance.NEW, () -> board.accept(interaction));
    }

    /** Kafka has it. If this is missed, the sink tells the board when it sees the interaction in the log. */
    public void acknowledged(Interaction interaction) {
        afterwards.offer(new News(interaction, true));
    }

    /** Kafka did not take it. If this is missed, the mark expires by itself. */
    public void withdraw(Interaction interaction) {
        afterwards.offer(new News(interaction, false));
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
        var inLog = news.stream().filter(News::inLog).map(News::interaction).toList();
        guard.run(() -> board.received(inLog));
        for (var told : news) {
            if (!told.inLog) {
                var user = new UserKey(told.interaction.getNamespace(), told.interaction.getUserId());
                guard.run(() -> board.withdraw(user, told.interaction.getInteractionId()));
            }
        }
    }

    private record News(Interaction interaction, boolean inLog) {}
}
