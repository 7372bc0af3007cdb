package io.memoryreflector.store.longterm;

import java.util.List;

/**
 * What has changed of a user's memories.
 *
 * @param seq ask with it the next time
 * @param whole whether these are all memories of the user, because some were deleted since or nothing was known
 * @param memories new or changed, whole; may hold some that a later delta gives again
 */
public record Delta(long seq, boolean whole, List<Memory> memories) {}
