package io.memoryreflector.cli.imports;

import java.time.Duration;

/**
 * How much an import takes at once.
 *
 * @param lanes requests under way at once
 * @param batchItems interactions of one request
 * @param batchBytes bytes of one request, unless one interaction has more
 * @param underWayBytes bytes of what is read and not settled
 * @param giveUpAfter how long nothing may succeed
 */
record Bounds(int lanes, int batchItems, int batchBytes, int underWayBytes, Duration giveUpAfter) {}
