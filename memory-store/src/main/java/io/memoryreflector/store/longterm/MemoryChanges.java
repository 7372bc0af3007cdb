package io.memoryreflector.store.longterm;

import io.memoryreflector.schemas.UserKey;

/** Where a recaller learns what has been written. Thread-safe. */
public interface MemoryChanges {

    /** What has changed of a user's memories since a number that an earlier delta gave; 0 is everything. */
    Delta since(UserKey user, long seq);
}
