package io.memoryreflector.client;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * New ids as UUIDv7 (RFC 9562, section 6.2, method 1): the time, then a counter that starts at random. A secure random
 * number for each would have a hundred threads wait for each other. Thread-safe.
 */
final class OperationIds {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long COUNTER = 0x3FFF_FFFF_FFFF_FFFFL;

    private final long salt;
    private final AtomicLong counter;

    OperationIds() {
        var random = new SecureRandom();
        this.salt = random.nextInt(0x1000);
        this.counter = new AtomicLong(random.nextLong());
    }

    OperationId next(long epochMillis) {
        return OperationId.of(epochMillis << 16 | VERSION | salt, counter.getAndIncrement() & COUNTER | VARIANT);
    }
}
