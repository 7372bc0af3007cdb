package io.memoryreflector.store.longterm;

import java.util.List;

/**
 * What has changed of a user's memories.
 *
 * @param seq ask with it the next time
 * @param memories new or changed, whole; may hold some that a later delta gives again
 */
public record Delta(long seq, List<Memory> memories) {}
