package io.memoryreflector.streams;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.SessionEnded;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Shadow;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.state.FactChange;
import io.memoryreflector.state.KnownFact;
import io.memoryreflector.state.PendingTask;
import io.memoryreflector.state.SessionContext;
import io.memoryreflector.state.SessionEntry;
import io.memoryreflector.streams.inbox.InboxProcessor;
import io.memoryreflector.streams.intake.IntakeProcessor;
import io.memoryreflector.streams.reflect.AmendmentProcessor;
import io.memoryreflector.streams.reflect.ReflectProcessor;
import io.memoryreflector.streams.retry.DelayProcessor;
import io.memoryreflector.streams.session.SessionProcessor;
import io.memoryreflector.streams.status.StatusProcessor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: an interaction becomes three tasks, each lane reflects at its own pace, failed tasks wait and come
 * back, and every outcome is merged into the interaction's status.
 *
 * <pre>
 * memory.inbox ─► admit ─► memory.interactions
 * memory.interactions ─► intake ─► reflector.tasks.{tier} ─► reflect ─► memory.{tier}
 *                                          ▲                    ├─────► reflector.retry ─► delay ─┐
 *                                          └────────────────────│─────────────────────────────────┘
 *                                                               ├─────► reflector.dlq
 *                                                               └─────► reflector.outcomes ─► status ─► memory.reflections
 * memory.amendments ─► amend-known-facts, beside the semantic lane
 * memory.{tier}, reflector.session-ends ─► sessions ─► memory.sessions, reflector.outcomes
 * </pre>
 *
 * Explicit topics stand between the sub-topologies, so that each lane has its own tasks, its own lag and its own pace.
 */
public final class ReflectorTopology {

    private static final List<Tier> TIERS = List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    private static final ReflectProcessor.Known KNOWN =
            new ReflectProcessor.Known(Names.KNOWN_FACTS_STORE, Names.FACT_CHANGES_STORE);

    private final EventSerdes serdes;
    private final List<ReflectProcessor.Lane<?>> lanes;
    private final ReflectProcessor.Shared shared;
    private final InteractionLimits limits;
    private final boolean reflects;
    private final Optional<SessionProcessor.Model> sessions;
    private final Retention retention;
    private final Optional<Shadow> shadow;
    private final Topology topology = new Topology();

    /**
     * How long the topology remembers what it needs for its own work, by this machine's clock.
     *
     * @param seen an interaction's id: the same id within this time has no further effect
     * @param status an interaction's status, which a replayed dead letter may still amend
     * @param session a session's memories, which a late interaction may still amend
     * @param idleGap after which a session of which nothing comes is over
     */
    public record Retention(Duration seen, Duration status, Duration session, Duration idleGap) {
        /** A month for ids and sessions, and as long as dead letters are kept for status. */
        public static Retention standard(Duration idleGap) {
            return new Retention(
                    Duration.ofDays(30), Topics.DEAD_LETTERS.retention().orElseThrow(), Duration.ofDays(30), idleGap);
        }
    }

    private ReflectorTopology(
            EventSerdes serdes,
            List<ReflectProcessor.Lane<?>> lanes,
            ReflectProcessor.Shared shared,
            InteractionLimits limits,
            boolean reflects,
            Optional<SessionProcessor.Model> sessions,
            Retention retention,
            Optional<Shadow> shadow) {
        this.serdes = serdes;
        this.lanes = lanes;
        this.shared = shared;
        this.limits = limits;
        this.reflects = reflects;
        this.sessions = sessions;
        this.retention = retention;
        this.shadow = shadow;
    }

    /**
     * Builds the topology.
     *
     * @param lanes one for each tier
     * @param reflects whether new interactions go to the lanes; what is in them is reflected either way
     * @param sessions the model that tells sessions in its own words, where there is one
     * @param shadow whose topics are written to in the place of the live ones; it admits no interactions from the inbox,
     *     which are the live one's to admit
     */
    public static Topology build(
            EventSerdes serdes,
            List<ReflectProcessor.Lane<?>> lanes,
            ReflectProcessor.Shared shared,
            InteractionLimits limits,
            boolean reflects,
            Optional<SessionProcessor.Model> sessions,
            Retention retention,
            Optional<Shadow> shadow) {
        var builder = new ReflectorTopology(serdes, lanes, shared, limits, reflects, sessions, retention, shadow);
        builder.intake();
        builder.lanes.forEach(builder::lane);
        builder.retry();
        builder.status();
        builder.sessions();
        if (shadow.isEmpty()) {
            builder.inbox();
        }
        return builder.topology;
    }

    private void sessions() {
        source(Names.SESSION_ENDS, Topics.SESSION_ENDS, SessionEnded.class);
        source(Names.learnt(Tier.EPISODIC), Topics.EPISODIC, SpecificRecord.class);
        source(Names.learnt(Tier.SEMANTIC), Topics.SEMANTIC, SpecificRecord.class);
        source(Names.learnt(Tier.PROCEDURAL), Topics.PROCEDURAL, SpecificRecord.class);
        var nodes = new SessionProcessor.Nodes(Names.SESSIONS_STORE, Names.SUMMARIES, Names.SESSION_OUTCOMES);
        topology.addProcessor(
                Names.SESSIONS,
                () -> new SessionProcessor(nodes, shared, sessions, retention.idleGap(), retention.session()),
                Names.SESSION_ENDS,
                Names.learnt(Tier.EPISODIC),
                Names.learnt(Tier.SEMANTIC),
                Names.learnt(Tier.PROCEDURAL));
        topology.addStateStore(store(Names.SESSIONS_STORE, serdes.state(SessionEntry.SCHEMA$)), Names.SESSIONS);
        sink(Names.SUMMARIES, Topics.SESSIONS, Names.SESSIONS);
        sink(Names.SESSION_OUTCOMES, Topics.OUTCOMES, Names.SESSIONS);
    }

    private void inbox() {
        source(Names.INBOX, Topics.INBOX, Interaction.class);
        topology.addProcessor(Names.ADMIT, () -> new InboxProcessor(shared.commits()), Names.INBOX);
        sink(Names.ADMITTED, Topics.INTERACTIONS, Names.ADMIT);
    }

    private void intake() {
        var nodes = new IntakeProcessor.Nodes(
                Names.SEEN_STORE,
                Names.CONTEXT_STORE,
                byTier(Names::queued),
                Names.INTAKE_OUTCOMES,
                Names.INTAKE_DEAD_LETTERS);
        source(Names.INTERACTIONS, Topics.INTERACTIONS, Interaction.class);
        topology.addProcessor(
                Names.INTAKE,
                () -> new IntakeProcessor(
                        nodes,
                        limits,
                        reflects,
                        retention.seen(),
                        shared.forgotten(),
                        shared.tracing(),
                        shared.commits()),
                Names.INTERACTIONS);
        topology.addStateStore(store(Names.SEEN_STORE, Serdes.Long()), Names.INTAKE);
        topology.addStateStore(store(Names.CONTEXT_STORE, serdes.state(SessionContext.SCHEMA$)), Names.INTAKE);
        for (var tier : TIERS) {
            sink(Names.queued(tier), Topics.tasks(tier), Names.INTAKE);
        }
        sink(Names.INTAKE_OUTCOMES, Topics.OUTCOMES, Names.INTAKE);
        sink(Names.INTAKE_DEAD_LETTERS, Topics.DEAD_LETTERS, Names.INTAKE);
    }

    private <M extends SpecificRecord> void lane(ReflectProcessor.Lane<M> lane) {
        var tier = lane.reflector().tier();
        var nodes = new ReflectProcessor.Nodes(
                Names.pendingStore(tier),
                Names.memories(tier),
                Names.failed(tier),
                Names.deadLetters(tier),
                Names.outcomes(tier),
                tier == Tier.SEMANTIC ? Optional.of(KNOWN) : Optional.empty());
        source(Names.tasks(tier), Topics.tasks(tier), ReflectionTask.class);
        topology.addProcessor(
                Names.reflect(tier),
                () -> new ReflectProcessor<>(
                        nodes, shared, lane, serdes.<ReflectionTask>deserializer(), serdes.deserializer()),
                Names.tasks(tier));
        topology.addStateStore(store(Names.pendingStore(tier), serdes.state(PendingTask.SCHEMA$)), Names.reflect(tier));
        nodes.known().ifPresent(known -> known(known, Names.reflect(tier)));
        sink(Names.memories(tier), Topics.memories(tier), Names.reflect(tier));
        sink(Names.failed(tier), Topics.RETRY, Names.reflect(tier));
        sink(Names.deadLetters(tier), Topics.DEAD_LETTERS, Names.reflect(tier));
        sink(Names.outcomes(tier), Topics.OUTCOMES, Names.reflect(tier));
    }

    /** What a lane knows, which follows what is changed of it by hand. */
    private void known(ReflectProcessor.Known known, String lane) {
        source(Names.AMENDMENTS, Topics.AMENDMENTS, MemoryAmended.class);
        topology.addProcessor(Names.AMEND, () -> new AmendmentProcessor(known, shared.forgotten()), Names.AMENDMENTS);
        topology.addStateStore(store(known.facts(), serdes.state(KnownFact.SCHEMA$)), lane, Names.AMEND);
        topology.addStateStore(store(known.changes(), serdes.state(FactChange.SCHEMA$)), lane, Names.AMEND);
    }

    private void retry() {
        source(Names.RETRY, Topics.RETRY, ReflectionTask.class);
        topology.addProcessor(
                Names.DELAY,
                () -> new DelayProcessor(
                        Names.DELAY_STORE,
                        byTier(Names::due),
                        Names.DELAY_DEAD_LETTERS,
                        shared.forgotten(),
                        serdes.<ReflectionTask>deserializer()),
                Names.RETRY);
        topology.addStateStore(store(Names.DELAY_STORE, serdes.state(PendingTask.SCHEMA$)), Names.DELAY);
        for (var tier : TIERS) {
            topology.addSink(
                    Names.due(tier),
                    own(Topics.tasks(tier)),
                    new StringSerializer(),
                    new ByteArraySerializer(),
                    Names.DELAY);
        }
        sink(Names.DELAY_DEAD_LETTERS, Topics.DEAD_LETTERS, Names.DELAY);
    }

    private void status() {
        source(Names.OUTCOMES, Topics.OUTCOMES, ReflectionOutcome.class);
        topology.addProcessor(
                Names.STATUS,
                () -> new StatusProcessor(Names.STATUS_STORE, retention.status(), shared.forgotten(), shared.commits()),
                Names.OUTCOMES);
        topology.addStateStore(store(Names.STATUS_STORE, serdes.state(ReflectionStatus.SCHEMA$)), Names.STATUS);
        sink(Names.REFLECTIONS, Topics.REFLECTIONS, Names.STATUS);
    }

    private void source(String name, Topic topic, Class<? extends SpecificRecord> type) {
        var values = Raw.deserializer(type, new PatientDeserializer<>(serdes.deserializer()));
        topology.addSource(name, new RecordKeyDeserializer(), values, own(topic));
    }

    private void sink(String name, Topic topic, String parent) {
        topology.addSink(name, own(topic), new StringSerializer(), serdes.serializer(), parent);
    }

    /** The one place that decides what is the shadow's. */
    private String own(Topic topic) {
        return shadow.map(it -> it.of(topic)).orElse(topic).name();
    }

    private static Map<Tier, String> byTier(Function<Tier, String> name) {
        var names = new LinkedHashMap<Tier, String>();
        TIERS.forEach(tier -> names.put(tier, name.apply(tier)));
        return names;
    }

    private static <T> StoreBuilder<KeyValueStore<Bytes, T>> store(String name, Serde<T> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), values)
                .withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(Topics.MAX_RECORD_BYTES)));
    }
}
