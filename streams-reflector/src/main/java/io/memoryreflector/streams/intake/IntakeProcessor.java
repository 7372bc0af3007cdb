package io.memoryreflector.streams.intake;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.reflection.priority.PriorityRules;
import io.memoryreflector.schemas.InteractionDefaults;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.schemas.trace.TraceParent;
import io.memoryreflector.schemas.trace.Tracing;
import io.memoryreflector.schemas.trace.UserHash;
import io.memoryreflector.state.ContextOrigin;
import io.memoryreflector.state.SessionContext;
import io.memoryreflector.streams.EarlyCommits;
import io.memoryreflector.streams.Origins;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.deadletter.DeadLetters;
import io.memoryreflector.streams.deadletter.Replays;
import io.memoryreflector.streams.erasure.Forgotten;
import io.memoryreflector.streams.erasure.Purge;
import io.memoryreflector.streams.store.Expiry;
import io.memoryreflector.streams.store.StoreKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Makes an interaction into one task for each tier: gives it what its producer left out, drops it if an erasure covers it
 * or its id was seen, and adds the few turns of its session before it. Belongs to one stream thread.
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

    private static final String STAGE = "intake";

    private final Nodes nodes;
    private final InteractionCheck check;
    private final boolean reflects;
    private final Duration retention;
    private final Forgotten forgotten;
    private final Tracing tracing;
    private final EarlyCommits commits;
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<Bytes, Long> seen;
    private KeyValueStore<Bytes, SessionContext> sessions;

    /**
     * @param reflects whether tasks are made; else all tiers are told as skipped
     * @param retention how long an id is known and a session's context kept, by this machine's clock
     */
    public IntakeProcessor(
            Nodes nodes,
            InteractionLimits limits,
            boolean reflects,
            Duration retention,
            Forgotten forgotten,
            Tracing tracing,
            EarlyCommits commits) {
        this.nodes = nodes;
        this.check = new InteractionCheck(limits);
        this.reflects = reflects;
        this.retention = retention;
        this.forgotten = forgotten;
        this.tracing = tracing;
        this.commits = commits;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        this.seen = context.getStateStore(nodes.seenStore());
        this.sessions = context.getStateStore(nodes.contextStore());
        Expiry.schedule(context, seen, firstSeen -> firstSeen, retention);
        Expiry.schedule(context, sessions, SessionContext::getUpdatedAt, retention);
        Purge.schedule(context, forgotten, STAGE, new IntakePurge(seen, sessions, forgotten)::run);
    }

    @Override
    public void process(Record<String, Raw<Interaction>> record) {
        if (record.value() == null) {
            return;
        }
        if (!tracing.isOn()) {
            take(record, Span.getInvalid());
            return;
        }
        var span = tracing.span("intake", SpanKind.CONSUMER, TraceParent.context(record.headers()))
                .setAttribute(Tracing.TOPIC, Topics.INTERACTIONS.name())
                .startSpan();
        try {
            take(record, span);
        } finally {
            span.end();
        }
    }

    private void take(Record<String, Raw<Interaction>> record, Span span) {
        var now = context.currentSystemTimeMs();
        var interaction = defaults(record).complete(record.value().value());
        try {
            check.check(record.key(), interaction);
        } catch (IllegalArgumentException e) {
            var deadLetter = DeadLetters.refused(Origins.of(context, record, now), Instant.ofEpochMilli(now), e);
            context.forward(record.withValue(deadLetter), nodes.deadLetters());
            span.setAttribute(Tracing.OUTCOME, "dead_letter").setStatus(StatusCode.ERROR, "permanent");
            return;
        }
        span.setAttribute(Tracing.INTERACTION, interaction.getInteractionId());
        Supplier<Handed> handed = () -> Handed.of(interaction, Instant.ofEpochMilli(record.timestamp()));
        if (forgotten.drops(record.key(), handed, STAGE)) {
            span.setAttribute(Tracing.OUTCOME, "forgotten");
            return;
        }
        Replays.withoutHistory(record.headers());
        var seenKey = StoreKey.of(record.key(), interaction.getInteractionId());
        if (isRepeat(seenKey, handed, now)) {
            span.setAttribute(Tracing.OUTCOME, "repeat");
            return;
        }
        if (tracing.isOn()) {
            span.setAttribute(Tracing.USER, UserHash.of(record.key()));
            TraceParent.set(record.headers(), span);
        }
        forwardTasks(record, interaction, now);
        context.forward(record.withValue(accepted(interaction, record.timestamp(), now)), nodes.outcomes());
        commits.wrote(context);
    }

    /** What was sent before an erasure that took it was not sent at all. */
    private boolean isRepeat(Bytes key, Supplier<Handed> handed, long now) {
        var firstSeen = seen.get(key);
        if (firstSeen != null && forgotten.until(handed.get()).isBefore(Instant.ofEpochMilli(firstSeen))) {
            return true;
        }
        seen.put(key, now);
        return false;
    }

    private InteractionDefaults defaults(Record<String, ?> record) {
        var place = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("no record is being processed here"));
        return new InteractionDefaults(
                place.topic(),
                place.partition(),
                place.offset(),
                record.timestamp(),
                Replays.interactionId(record.headers()));
    }

    private void forwardTasks(Record<String, Raw<Interaction>> record, Interaction interaction, long now) {
        var session = interaction.getSessionId() == null ? "" : interaction.getSessionId();
        var contextKey = StoreKey.of(record.key(), session);
        var preceding = preceding(record.key(), session, contextKey);
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
                .setContextSince(ContextWindow.since(preceding))
                .setOccurredAt(interaction.getOccurredAt())
                .setRecordedAt(Instant.ofEpochMilli(record.timestamp()))
                .setPriority(priority)
                .setCategory(interaction.getCategory())
                .setSource(interaction.getSource());
        if (reflects) {
            for (var lane : nodes.lanes().entrySet()) {
                context.forward(record.withValue(task.setTier(lane.getKey()).build()), lane.getValue());
            }
        }
        var origin = new ContextOrigin(
                interaction.getInteractionId(), interaction.getSource(), Instant.ofEpochMilli(record.timestamp()));
        sessions.put(contextKey, ContextWindow.after(record.key(), preceding, interaction.getMessages(), origin, now));
    }

    /** Null at the start of a session. */
    private SessionContext preceding(String user, String session, Bytes key) {
        var stored = sessions.get(key);
        return stored == null ? null : ContextWindow.without(stored, IntakePurge.covered(forgotten, user, session));
    }

    private ReflectionOutcome accepted(Interaction interaction, long recordedAt, long now) {
        return ReflectionOutcome.newBuilder()
                .setInteractionId(interaction.getInteractionId())
                .setNamespace(interaction.getNamespace())
                .setUserId(interaction.getUserId())
                .setSessionId(interaction.getSessionId())
                .setOccurredAt(interaction.getOccurredAt())
                .setSource(interaction.getSource())
                .setReceivedAt(Instant.ofEpochMilli(recordedAt))
                .setTier(TierStatus.newBuilder()
                        .setTier(Tier.UNKNOWN)
                        .setState(reflects ? ReflectionState.QUEUED : ReflectionState.SKIPPED)
                        .setUpdatedAt(Instant.ofEpochMilli(now))
                        .build())
                .build();
    }
}
