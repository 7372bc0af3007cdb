package io.memoryreflector.store.status;

import java.util.List;
import java.util.Optional;

/**
 * Some of the waiting attempts.
 *
 * @param retries earliest due first
 * @param total how many match
 * @param complete whether all that wait were looked at; if not, {@code total} is a lower bound
 * @param nextCursor of the next page; empty on the last
 */
public record RetryPage(List<WaitingRetry> retries, long total, boolean complete, Optional<String> nextCursor) {}
