package io.memoryreflector.store.longterm;

import java.util.List;
import java.util.Optional;

/** Memories, the newest first, and where the next page begins. */
public record MemoryPage(List<Memory> memories, Optional<String> nextCursor) {}
