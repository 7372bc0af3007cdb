package io.memoryreflector.client;

import io.memoryreflector.schemas.InteractionLimits;
import java.time.Duration;
import java.util.Objects;

/**
 * How a collector works. Begin with a preset and change what must differ:
 * {@code CollectorSettings.production().change().bufferEntries(1 << 17).build()}.
 *
 * @param bufferEntries how many may wait in memory; rounded up to a power of two
 * @param bufferBytes about how many bytes may wait in memory
 * @param whenFull what happens to what has no room
 * @param inFlight how many may be sent and not answered
 * @param batchBytes of what is sent together
 * @param linger how long a batch waits for more on its way to Kafka; over HTTP, what comes during a request is the next batch
 * @param retryFirst pause after the first attempt that failed; each further one is twice as long, with jitter
 * @param retryMost longest pause between attempts
 * @param repeatEntries how many of the last operations are known for finding repeats
 * @param repeatTtl how long they are
 * @param slowAfter what takes longer than this is told as slow
 * @param closeWithin how long {@link MemoryCollector#close()} waits
 * @param limits of interactions; the entrance's own are checked too over HTTP
 */
public record CollectorSettings(
        int bufferEntries,
        long bufferBytes,
        WhenFull whenFull,
        int inFlight,
        int batchBytes,
        Duration linger,
        Duration retryFirst,
        Duration retryMost,
        int repeatEntries,
        Duration repeatTtl,
        Duration slowAfter,
        Duration closeWithin,
        InteractionLimits limits) {

    private static final long MEGABYTE = 1L << 20;

    /** @throws IllegalArgumentException naming the setting, what it got and what it takes */
    public CollectorSettings {
        Settings.number("bufferEntries", bufferEntries, 16, 1 << 24);
        Settings.number("bufferBytes", bufferBytes, 64L << 10, 1L << 40);
        Objects.requireNonNull(whenFull, "whenFull");
        Settings.number("inFlight", inFlight, 1, 1 << 20);
        Settings.number("batchBytes", batchBytes, 1024, MEGABYTE);
        Settings.duration("linger", linger, Duration.ZERO, Duration.ofSeconds(10));
        Settings.duration("retryFirst", retryFirst, Duration.ofMillis(10), Duration.ofMinutes(1));
        Settings.duration("retryMost", retryMost, retryFirst, Duration.ofMinutes(10));
        Settings.number("repeatEntries", repeatEntries, 0, 1 << 24);
        Settings.duration("repeatTtl", repeatTtl, Duration.ofMillis(1), Duration.ofDays(30));
        Settings.duration("slowAfter", slowAfter, Duration.ofMillis(1), Duration.ofHours(1));
        Settings.duration("closeWithin", closeWithin, Duration.ZERO, Duration.ofMinutes(10));
        Objects.requireNonNull(limits, "limits");
    }

    /** At a desk: small, quick to show what goes wrong. */
    public static CollectorSettings development() {
        return new CollectorSettings(
                1024,
                4 * MEGABYTE,
                WhenFull.dropNewest(),
                1024,
                64 << 10,
                Duration.ZERO,
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                1000,
                Duration.ofMinutes(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                InteractionLimits.DEFAULT);
    }

    /** For a service: minutes of an outage fit into memory; what is oldest goes first. */
    public static CollectorSettings production() {
        return new CollectorSettings(
                1 << 16,
                64 * MEGABYTE,
                WhenFull.dropOldest(),
                1 << 13,
                64 << 10,
                Duration.ofMillis(5),
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                10_000,
                Duration.ofMinutes(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                InteractionLimits.DEFAULT);
    }

    /** For a hundred thousand operations a second: large batches and much memory. */
    public static CollectorSettings highPerformance() {
        return production()
                .change()
                .bufferEntries(1 << 18)
                .bufferBytes(256 * MEGABYTE)
                .inFlight(1 << 16)
                .batchBytes(256 << 10)
                .linger(Duration.ofMillis(10))
                .repeatEntries(100_000)
                .build();
    }

    /** For a small device: a few megabytes. */
    public static CollectorSettings lowResource() {
        return production()
                .change()
                .bufferEntries(1 << 10)
                .bufferBytes(2 * MEGABYTE)
                .inFlight(1 << 8)
                .batchBytes(16 << 10)
                .linger(Duration.ofMillis(50))
                .repeatEntries(256)
                .build();
    }

    /** A builder that begins with these settings. */
    public Builder change() {
        return new Builder(this);
    }

    /** Makes settings; checked by {@link #build()}. Not thread-safe. */
    public static final class Builder {

        private int bufferEntries;
        private long bufferBytes;
        private WhenFull whenFull;
        private int inFlight;
        private int batchBytes;
        private Duration linger;
        private Duration retryFirst;
        private Duration retryMost;
        private int repeatEntries;
        private Duration repeatTtl;
        private Duration slowAfter;
        private Duration closeWithin;
        private InteractionLimits limits;

        private Builder(CollectorSettings from) {
            this.bufferEntries = from.bufferEntries;
            this.bufferBytes = from.bufferBytes;
            this.whenFull = from.whenFull;
            this.inFlight = from.inFlight;
            this.batchBytes = from.batchBytes;
            this.linger = from.linger;
            this.retryFirst = from.retryFirst;
            this.retryMost = from.retryMost;
            this.repeatEntries = from.repeatEntries;
            this.repeatTtl = from.repeatTtl;
            this.slowAfter = from.slowAfter;
            this.closeWithin = from.closeWithin;
            this.limits = from.limits;
        }

        /** See {@link CollectorSettings#bufferEntries()}. */
        public Builder bufferEntries(int bufferEntries) {
            this.bufferEntries = bufferEntries;
            return this;
        }

        /** See {@link CollectorSettings#bufferBytes()}. */
        public Builder bufferBytes(long bufferBytes) {
            this.bufferBytes = bufferBytes;
            return this;
        }

        /** See {@link CollectorSettings#whenFull()}. */
        public Builder whenFull(WhenFull whenFull) {
            this.whenFull = whenFull;
            return this;
        }

        /** See {@link CollectorSettings#inFlight()}. */
        public Builder inFlight(int inFlight) {
            this.inFlight = inFlight;
            return this;
        }

        /** See {@link CollectorSettings#batchBytes()}. */
        public Builder batchBytes(int batchBytes) {
            this.batchBytes = batchBytes;
            return this;
        }

        /** See {@link CollectorSettings#linger()}. */
        public Builder linger(Duration linger) {
            this.linger = linger;
            return this;
        }

        /** See {@link CollectorSettings#retryFirst()} and {@link CollectorSettings#retryMost()}. */
        public Builder retry(Duration first, Duration most) {
            this.retryFirst = first;
            this.retryMost = most;
            return this;
        }

        /** See {@link CollectorSettings#repeatEntries()}. */
        public Builder repeatEntries(int repeatEntries) {
            this.repeatEntries = repeatEntries;
            return this;
        }

        /** See {@link CollectorSettings#repeatTtl()}. */
        public Builder repeatTtl(Duration repeatTtl) {
            this.repeatTtl = repeatTtl;
            return this;
        }

        /** See {@link CollectorSettings#slowAfter()}. */
        public Builder slowAfter(Duration slowAfter) {
            this.slowAfter = slowAfter;
            return this;
        }

        /** See {@link CollectorSettings#closeWithin()}. */
        public Builder closeWithin(Duration closeWithin) {
            this.closeWithin = closeWithin;
            return this;
        }

        /** See {@link CollectorSettings#limits()}. */
        public Builder limits(InteractionLimits limits) {
            this.limits = limits;
            return this;
        }

        /** @throws IllegalArgumentException naming the setting, what it got and what it takes */
        public CollectorSettings build() {
            return new CollectorSettings(
                    bufferEntries,
                    bufferBytes,
                    whenFull,
                    inFlight,
                    batchBytes,
                    linger,
                    retryFirst,
                    retryMost,
                    repeatEntries,
                    repeatTtl,
                    slowAfter,
                    closeWithin,
                    limits);
        }
    }
}
