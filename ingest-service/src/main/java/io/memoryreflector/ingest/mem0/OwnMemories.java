package io.memoryreflector.ingest.mem0;

import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.store.longterm.LongTermMemory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Memories that the calling thread's caller may know of. Thread-safe. */
@Component
final class OwnMemories {

    private final LongTermMemory memories;
    private final CurrentCaller caller;

    OwnMemories(LongTermMemory memories, CurrentCaller caller) {
        this.memories = memories;
        this.caller = caller;
    }

    /** @throws RequestProblem 404 on one that is not there, or another namespace's */
    LongTermMemory.Owned find(String id) {
        return memories.memory(id)
                .filter(owned -> caller.get().sees(owned.user().namespace()))
                .orElseThrow(() -> unknown(id));
    }

    static RequestProblem unknown(String id) {
        return RequestProblem.of(HttpStatus.NOT_FOUND, "memory_id: got '" + id + "', which is not known");
    }
}
