package io.memoryreflector.ingest.redis;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/**
 * Puts interactions that wait in the outbox into tier 1, many in one round trip. The sink writes the same from the log, so
 * what is missed here arrives later. Thread-safe.
 */
@Component
public final class TierOneWrites implements AutoCloseable {

    private static final int CAPACITY = 4096;

    private final ShortTermMemory memory;
    private final RedisGuard guard;
    private final Drain<Write> drain = new Drain<>("tier-one-writes", CAPACITY, this::write);

    TierOneWrites(ShortTermMemory memory, RedisGuard guard) {
        this.memory = memory;
        this.guard = guard;
    }

    /** Begins the write; the future ends with it, whether or not Redis took it. */
    public CompletableFuture<Void> remember(Interaction interaction) {
        var write = new Write(interaction, new CompletableFuture<>());
        if (!drain.offer(write)) {
            write.done.complete(null);
        }
        return write.done;
    }

    @Override
    public void close() {
        drain.close();
    }

    private void write(List<Write> writes) {
        try {
            guard.run(() ->
                    memory.remember(writes.stream().map(Write::interaction).toList()));
        } finally {
            writes.forEach(write -> write.done.complete(null));
        }
    }

    private record Write(Interaction interaction, CompletableFuture<Void> done) {}
}
