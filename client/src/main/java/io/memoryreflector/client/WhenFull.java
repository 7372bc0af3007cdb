package io.memoryreflector.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** What happens to an interaction for which the buffer has no room. */
public sealed interface WhenFull {

    /** The oldest ones that wait make room: loses what is old. */
    static WhenFull dropOldest() {
        return new DropOldest();
    }

    /** The new one is dropped: loses what is new. */
    static WhenFull dropNewest() {
        return new DropNewest();
    }

    /** The caller waits; where there is no room by then, the new one is dropped. */
    static WhenFull block(Duration atMost) {
        return new Block(atMost);
    }

    /** Whatever waits goes to disk, up to a bound, before the buffer is full; the new one is dropped where that is too slow. */
    static WhenFull spill(Path folder, long maxBytes) {
        return new Spill(folder, maxBytes);
    }

    /** See {@link #dropOldest}. */
    record DropOldest() implements WhenFull {}

    /** See {@link #dropNewest}. */
    record DropNewest() implements WhenFull {}

    /** See {@link #block}. */
    record Block(Duration atMost) implements WhenFull {

        private static final Duration MOST = Duration.ofMinutes(1);

        public Block {
            Settings.duration("whenFull.atMost", atMost, Duration.ofMillis(1), MOST);
        }
    }

    /**
     * See {@link #spill}.
     *
     * @param folder of one collector at a time
     * @param maxBytes of what lies there
     */
    record Spill(Path folder, long maxBytes) implements WhenFull {

        private static final long LEAST = 64L << 10;

        public Spill {
            Objects.requireNonNull(folder, "folder");
            Settings.number("whenFull.maxBytes", maxBytes, LEAST, Long.MAX_VALUE);
        }
    }
}
