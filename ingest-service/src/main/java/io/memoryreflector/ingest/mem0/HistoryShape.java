package io.memoryreflector.ingest.mem0;

import io.memoryreflector.store.longterm.Amendments;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One wording of a memory, in mem0's shape.
 *
 * @param id the memory's, as it was made, or the change's
 * @param oldMemory null of the first
 */
@Schema(name = "Mem0History")
record HistoryShape(
        String id,
        String memoryId,
        List<Object> input,
        @Schema(types = {"string", "null"}) String oldMemory,
        String newMemory,
        String userId,
        List<String> categories,

        @Schema(allowableValues = {"ADD", "UPDATE"}) String event,

        Instant createdAt,
        Instant updatedAt) {

    /** All wordings, oldest first. */
    static List<HistoryShape> of(LongTermMemory.Owned owned, Amendments.History history) {
        var entries = new ArrayList<HistoryShape>();
        var madeAt = owned.memory().recordedAt();
        entries.add(entry(owned, owned.memory().memoryId(), null, history.text(), "ADD", madeAt));
        var text = history.text();
        for (var change : history.changes()) {
            if (change.text().isPresent()) {
                var next = change.text().get();
                entries.add(entry(owned, change.amendmentId(), text, next, "UPDATE", change.amendedAt()));
                text = next;
            }
        }
        return entries;
    }

    private static HistoryShape entry(
            LongTermMemory.Owned owned, String id, String before, String after, String event, Instant at) {
        return new HistoryShape(
                id,
                owned.memory().memoryId(),
                List.of(),
                before,
                after,
                owned.user().userId(),
                List.of(owned.memory().tier().name().toLowerCase(Locale.ROOT)),
                event,
                at,
                at);
    }
}
