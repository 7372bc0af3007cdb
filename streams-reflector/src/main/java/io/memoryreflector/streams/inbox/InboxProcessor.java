package io.memoryreflector.streams.inbox;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.InteractionDefaults;
import io.memoryreflector.streams.EarlyCommits;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.deadletter.Replays;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Hands an interaction over to the log, which is where it is sealed. What its producer left out is made from its place in
 * the inbox, so that a repeat is the same interaction. Belongs to one stream thread.
 */
public final class InboxProcessor extends ContextualProcessor<String, Raw<Interaction>, String, Interaction> {

    private final EarlyCommits commits;

    /** @param commits told of what is handed over */
    public InboxProcessor(EarlyCommits commits) {
        this.commits = commits;
    }

    @Override
    public void process(Record<String, Raw<Interaction>> record) {
        if (record.value() == null) {
            return;
        }
        var place = context().recordMetadata().orElseThrow();
        var defaults = new InteractionDefaults(
                place.topic(), place.partition(), place.offset(), record.timestamp(), Optional.empty());
        Replays.withoutHistory(record.headers());
        context().forward(record.withValue(defaults.complete(record.value().value())));
        commits.wrote(context());
    }
}
