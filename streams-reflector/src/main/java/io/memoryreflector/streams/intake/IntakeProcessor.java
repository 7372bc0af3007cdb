package io.memoryreflector.streams.intake;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.reflection.priority.PriorityRules;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.state.SessionContext;
import io.memoryreflector.streams.Origins;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.deadletter.DeadLetters;
import io.memoryreflector.streams.deadletter.Replays;
import io.memoryreflector.streams.store.Expiry;
import io.memoryreflector.streams.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Makes an interaction into one task for each tier: drops it if its id was seen, gives it a priority if it has none,
 * and adds the few turns of its session before it. Belongs to one stream thread.
 */
public final class IntakeProcessor implements Processor<String, Raw<Interaction>, String, SpecificRecord> {

    /**
     * The intake's surroundings in the topology, by name.
     *
     * @param seenStore interaction id to the time at which it was first seen
     * @param contextStore session to {@code SessionContext}
     * @param lanes child that leads to each tier's lane
     * @param outcomes child that takes outcomes
     * @param deadLetters child that takes dead letters
     */
    public record Nodes(
            String seenStore, String contextStore, Map<Tier, String> lanes, String outcomes, String deadLetters) {}

    private final Nodes nodes;
    private final InteractionCheck check;
    private final Duration retention;
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<Bytes, Long> seen;
    private KeyValueStore<Bytes, SessionContext> sessions;

    /** @param retention how long an id is known and a session's context kept, by this machine's clock */
    public IntakeProcessor(Nodes nodes, InteractionLimits limits, Duration retention) {
        this.nodes = nodes;
        this.check = new InteractionCheck(limits);
        this.retention = retention;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        this.seen = context.getStateStore(nodes.seenStore());
        this.sessions = context.getStateStore(nodes.contextStore());
        Expiry.schedule(context, seen, firstSeen -> firstSeen, retention);
        Expiry.schedule(context, sessions, SessionContext::getUpdatedAt, retention);
    }

    @Override
    public void process(Record<String, Raw<Interaction>> record) {
        if (record.value() == null) {
            return;
        }
        var now = context.currentSystemTimeMs();
        var interaction = record.value().value();
        try {
            check.check(record.key(), interaction);
        } catch (IllegalArgumentException e) {
            var deadLetter = DeadLetters.refused(Origins.of(context, record, now), Instant.ofEpochMilli(now), e);
            context.forward(record.withValue(deadLetter), nodes.deadLetters());
            return;
        }
        Replays.withoutHistory(record.headers());
        var seenKey = StoreKey.of(record.key(), interaction.getInteractionId());
        if (seen.putIfAbsent(seenKey, now) != null) {
            return;
        }
        forwardTasks(record, interaction, now);
        context.forward(record.withValue(queued(interaction, record.timestamp(), now)), nodes.outcomes());
    }

    private void forwardTasks(Record<String, Raw<Interaction>> record, Interaction interaction, long now) {
        var session = interaction.getSessionId() == null ? "" : interaction.getSessionId();
        var contextKey = StoreKey.of(record.key(), session);
        var preceding = sessions.get(contextKey);
        var priority = interaction.getPriority() == null
                ? PriorityRules.of(interaction.getMessages())
                : interaction.getPriority();
        var task = ReflectionTask.newBuilder()
                .setInteractionId(interaction.getInteractionId())
                .setNamespace(interaction.getNamespace())
                .setUserId(interaction.getUserId())
                .setSessionId(interaction.getSessionId())
                .setMessages(interaction.getMessages())
                .setContext(preceding == null ? List.<Message>of() : preceding.getMessages())
                .setOccurredAt(interaction.getOccurredAt())
                .setRecordedAt(Instant.ofEpochMilli(record.timestamp()))
                .setPriority(priority)
                .setCategory(interaction.getCategory())
                .setSource(interaction.getSource());
        for (var lane : nodes.lanes().entrySet()) {
            context.forward(record.withValue(task.setTier(lane.getKey()).build()), lane.getValue());
        }
        sessions.put(contextKey, ContextWindow.after(preceding, interaction.getMessages(), now));
    }

    private static ReflectionOutcome queued(Interaction interaction, long recordedAt, long now) {
        return ReflectionOutcome.newBuilder()
                .setInteractionId(interaction.getInteractionId())
                .setNamespace(interaction.getNamespace())
                .setUserId(interaction.getUserId())
                .setSessionId(interaction.getSessionId())
                .setOccurredAt(interaction.getOccurredAt())
                .setReceivedAt(Instant.ofEpochMilli(recordedAt))
                .setTier(TierStatus.newBuilder()
                        .setTier(Tier.UNKNOWN)
                        .setState(ReflectionState.QUEUED)
                        .setUpdatedAt(Instant.ofEpochMilli(now))
                        .build())
                .build();
    }
}
