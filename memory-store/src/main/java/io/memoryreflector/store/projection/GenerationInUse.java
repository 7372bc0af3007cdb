package io.memoryreflector.store.projection;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.neo4j.driver.Result;
import org.neo4j.driver.SimpleQueryRunner;

/** Which generation of the graph statements are about: a given one, or the one in use, as one node says. Thread-safe. */
final class GenerationInUse {

    /** For so long a read may be about the one that was in use before. */
    static final Duration FRESH = Duration.ofMillis(500);

    private static final String CURRENT = "MATCH (p:Projection {name: 'graph'}) RETURN p.generation AS generation";

    private final Optional<Generation> pinned;
    private final AtomicReference<Optional<Seen>> last = new AtomicReference<>(Optional.empty());

    private GenerationInUse(Optional<Generation> pinned) {
        this.pinned = pinned;
    }

    /** The one in use, whichever that is. */
    static GenerationInUse followed() {
        return new GenerationInUse(Optional.empty());
    }

    /** Always the same. */
    static GenerationInUse always(Generation generation) {
        return new GenerationInUse(Optional.of(generation));
    }

    /** Which one is in use, as a transaction sees it. */
    static Generation current(SimpleQueryRunner tx) {
        return current(tx::run);
    }

    private static Generation current(Function<String, Result> runner) {
        return runner
                .apply(CURRENT)
                .list(row -> new Generation(row.get("generation").asLong()))
                .stream()
                .findFirst()
                .orElse(Generation.FIRST);
    }

    /**
     * @param asked before the answer was given: it says nothing of what has happened since
     */
    private record Seen(Generation generation, long asked) {

        private boolean isFresh() {
            return System.nanoTime() - asked < FRESH.toNanos();
        }

        private boolean isBefore(Seen other) {
            return asked - other.asked < 0;
        }
    }

    /** Of a read, where that does not have to be asked. */
    Optional<Generation> ofRead() {
        return pinned.or(() -> last.get().filter(Seen::isFresh).map(Seen::generation));
    }

    /** Of a write, where that does not have to be asked. */
    Optional<Generation> ofWrite() {
        return pinned;
    }

    /** @param runner of statements as they are */
    Generation ask(Function<String, Result> runner) {
        var asked = System.nanoTime();
        var seen = new Seen(current(runner), asked);
        // An answer that was long on its way does not bring back what was in use then.
        last.updateAndGet(held -> held.filter(seen::isBefore).or(() -> Optional.of(seen)));
        return seen.generation;
    }
}
