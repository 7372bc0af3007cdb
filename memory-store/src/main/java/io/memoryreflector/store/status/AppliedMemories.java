package io.memoryreflector.store.status;

import java.util.Collection;
import java.util.Set;

/** What the long term has applied, as the long term itself knows it. */
public interface AppliedMemories {

    /** Those of the memories that the store does not have. */
    Set<String> missing(Collection<String> memoryIds);
}
