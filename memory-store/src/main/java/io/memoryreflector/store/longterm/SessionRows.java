package io.memoryreflector.store.longterm;

import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.erasure.Handed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sessions in short as parameters of a statement. One thread. */
final class SessionRows {

    private final List<SessionSummary> summaries = new ArrayList<>();

    void add(SessionSummary summary) {
        summaries.add(summary);
    }

    /**
     * Rows for one run of the statement after the other, none of which holds a session twice: it compares with what is
     * stored. Of what is forgotten or has nothing left there is the revision alone, so that no earlier one is taken for the
     * latest.
     */
    List<List<Map<String, Object>>> runs(Erasures forgotten) {
        var runs = new ArrayList<List<Map<String, Object>>>();
        var times = new HashMap<String, Integer>();
        for (var summary : summaries) {
            var user = Rows.user(summary.getNamespace(), summary.getUserId());
            var key = Ids.nameBased("session summary", user, summary.getMemoryId());
            var run = times.merge(key, 1, Integer::sum) - 1;
            if (run == runs.size()) {
                runs.add(new ArrayList<>());
            }
            runs.get(run).add(properties(key, summary, forgotten));
        }
        return runs;
    }

    private static Map<String, Object> properties(String key, SessionSummary summary, Erasures forgotten) {
        var properties = new HashMap<String, Object>();
        properties.put("session_key", key);
        properties.put("revision", summary.getRevision());
        properties.put("recorded_at", summary.getRecordedAt().toEpochMilli());
        if (summary.getMemoryIds().isEmpty()
                || Handed.ofMemory(summary).filter(forgotten::covers).isPresent()) {
            return properties;
        }
        properties.put("user_key", Rows.user(summary.getNamespace(), summary.getUserId()));
        properties.put("memory_id", summary.getMemoryId());
        properties.put("session_id", summary.getSessionId());
        properties.put("text", summary.getSummary());
        properties.put("started_at", summary.getStartedAt().toEpochMilli());
        properties.put("ended_at", summary.getEndedAt().toEpochMilli());
        properties.put("interaction_count", summary.getInteractionCount());
        properties.put("memory_ids", summary.getMemoryIds());
        properties.put(
                "source_interactions",
                summary.getSources().stream().map(SourceRef::getInteractionId).toList());
        properties.put(
                "source_messages",
                summary.getSources().stream().map(SourceRef::getMessageId).toList());
        properties.put("reflector", summary.getReflector().getName());
        return properties;
    }
}
