package io.memoryreflector.systemtests.faults;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.systemtests.faults.agent.Behaviour;
import io.memoryreflector.systemtests.faults.agent.FaultyReflector;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.neo4j.driver.Driver;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** Compares by id what went in with what is in each place, once all is quiet. One thread. */
final class Audit {

    private static final int PIPELINED = 5_000;

    private final String bootstrapServers;
    private final EventSerdes serdes;
    private final Ledger ledger;
    private final Poison poison;
    private final Behaviour behaviour;
    private final Findings findings = new Findings();
    private final List<Traces> traces;
    private final Map<String, Long> parkedByKind = new TreeMap<>();
    private long logged;

    Audit(String bootstrapServers, EventSerdes serdes, Ledger ledger, Poison poison, Behaviour behaviour) {
        this.bootstrapServers = bootstrapServers;
        this.serdes = serdes;
        this.ledger = ledger;
        this.poison = poison;
        this.behaviour = behaviour;
        this.traces = ledger.lines().stream().map(line -> new Traces()).toList();
    }

    /** What was found in the topics and the stores, flaws included. */
    record Result(Findings findings, Map<String, Long> parkedByKind, Map<ReflectionState, Long> states, long logged) {}

    Result run(Driver neo4j, UnifiedJedis redis, RestClient rest, List<String> early) throws InterruptedException {
        readLog();
        readMemories();
        readDeadLetters();
        readStatuses();
        readGraph(neo4j);
        readBoard(redis);
        early.forEach(id -> findings.add(Flaw.SHOWN_TOO_EARLY, id));
        compare();
        compareCounts(rest);
        return new Result(findings, parkedByKind, states(), logged);
    }

    private void readLog() {
        var order = new Order();
        try (var deserializer = serdes.<Interaction>deserializer()) {
            read(Topics.INTERACTIONS.name(), record -> {
                if (!Poison.isPoison(record.value())) {
                    var id = deserializer
                            .deserialize(record.topic(), record.value())
                            .getInteractionId();
                    ledger.find(id).ifPresent(entry -> logged(entry, order));
                }
            });
        }
    }

    private void logged(Ledger.Entry entry, Order order) {
        logged++;
        var seen = traces(entry).inLog;
        if (!seen.get(entry.number())) {
            seen.set(entry.number());
            if (!order.isKept(entry.line(), entry.number())) {
                findings.add(Flaw.OUT_OF_ORDER, entry.id() + " in the log");
            }
        }
    }

    private void readMemories() {
        for (var tier : Traces.TIERS) {
            var order = new Order();
            try (var deserializer = serdes.<SpecificRecord>deserializer()) {
                read(Topics.memories(tier).name(), record -> memory(tier, Made.of(event(deserializer, record)), order));
            }
        }
    }

    /** What the three kinds of memory have in common. */
    private record Made(String memoryId, String interactionId, String attempt) {

        static Made of(SpecificRecord event) {
            if (event instanceof Episode episode) {
                return new Made(episode.getMemoryId(), source(episode.getSources()), episode.getCategory());
            }
            if (event instanceof Fact fact) {
                return new Made(fact.getMemoryId(), source(fact.getSources()), fact.getCategory());
            }
            if (event instanceof Procedure procedure) {
                return new Made(procedure.getMemoryId(), source(procedure.getSources()), procedure.getCategory());
            }
            throw new IllegalStateException("a memory topic holds " + event.getClass());
        }

        private static String source(List<SourceRef> sources) {
            return sources.get(0).getInteractionId();
        }
    }

    private void memory(Tier tier, Made made, Order order) {
        ledger.find(made.interactionId).ifPresent(entry -> {
            if (!made.memoryId.equals(expectedId(entry, tier))) {
                findings.add(Flaw.UNKNOWN_MEMORY, made.memoryId + " of " + entry.id() + " in " + tier);
                return;
            }
            var seen = traces(entry).memory.get(tier);
            if (seen.get(entry.number())) {
                findings.add(Flaw.TWO_MEMORIES, entry.id() + " in " + tier);
                return;
            }
            seen.set(entry.number());
            if ("0".equals(made.attempt) && !order.isKept(entry.line(), entry.number())) {
                findings.add(Flaw.OUT_OF_ORDER, entry.id() + " in " + tier);
            }
        });
    }

    private void readDeadLetters() {
        var byReflector = new HashMap<String, Integer>();
        try (var deserializer = serdes.<DeadLetter>deserializer()) {
            read(Topics.DEAD_LETTERS.name(), record -> {
                if (record.headers().lastHeader("__connect.errors.topic") != null) {
                    poison.idOf(record.value())
                            .ifPresentOrElse(id -> count("poison, by a sink"), () -> count("other, by a sink"));
                } else if (record.headers().lastHeader("__streams.errors.topic") != null) {
                    poison.idOf(record.value()).ifPresent(id -> {
                        count("poison, by the reflector");
                        byReflector.merge(id, 1, Integer::sum);
                    });
                } else {
                    deadLetter(deserializer.deserialize(record.topic(), record.value()));
                }
            });
        }
        for (var id : poison.sent()) {
            var times = byReflector.getOrDefault(id, 0);
            if (times == 0) {
                findings.add(Flaw.POISON_NOT_PARKED, id);
            } else if (times > 1) {
                findings.add(Flaw.POISON_PARKED_TWICE, id);
            }
        }
    }

    private void deadLetter(DeadLetter letter) {
        if (letter.getInteractionId() == null) {
            return;
        }
        ledger.find(letter.getInteractionId()).ifPresent(entry -> {
            count(letter.getReason() + ", by a lane");
            traces(entry).parked.get(letter.getTier()).set(entry.number());
        });
    }

    private void readStatuses() {
        try (var deserializer = serdes.<ReflectionStatus>deserializer()) {
            read(Topics.REFLECTIONS.name(), record -> ledger.find(new String(record.key(), StandardCharsets.UTF_8))
                    .ifPresent(entry -> {
                        var status = deserializer.deserialize(record.topic(), record.value());
                        traces(entry).state(entry.number(), status.getState());
                        status.getTiers().forEach(tier -> traces(entry)
                                .failed
                                .get(tier.getTier())
                                .set(entry.number(), tier.getState() == ReflectionState.FAILED));
                    }));
        }
    }

    private void readGraph(Driver neo4j) {
        var users = "default/" + ledger.run() + "-";
        try (var session = neo4j.session()) {
            session.run("""
                            MATCH (m:Memory) WHERE m.user_key STARTS WITH $users
                            RETURN m.memory_id AS memory, m.tier AS tier, m.source_interactions[0] AS interaction
                            """, Map.of("users", users))
                    .forEachRemaining(row -> ledger.find(row.get("interaction").asString())
                            .ifPresent(entry -> {
                                var tier = Tier.valueOf(row.get("tier").asString());
                                var id = row.get("memory").asString();
                                if (id.equals(expectedId(entry, tier))) {
                                    traces(entry).graph.get(tier).set(entry.number());
                                } else {
                                    findings.add(Flaw.UNKNOWN_MEMORY, id + " of " + entry.id() + " in Neo4j");
                                }
                            }));
            session.run(
                            "MATCH (m:Message) WHERE m.user_key STARTS WITH $users RETURN m.message_id AS message",
                            Map.of("users", users))
                    .forEachRemaining(row -> {
                        var id = row.get("message").asString();
                        ledger.find(id.substring(0, id.length() - "-m".length()))
                                .ifPresent(entry -> traces(entry).message.set(entry.number()));
                    });
        }
    }

    private void readBoard(UnifiedJedis redis) {
        for (var line : ledger.lines()) {
            var numbers = line.acknowledged().stream().boxed().toList();
            for (int from = 0; from < numbers.size(); from += PIPELINED) {
                var part = numbers.subList(from, Math.min(from + PIPELINED, numbers.size()));
                var answers = new HashMap<Integer, Response<String>>();
                try (var pipeline = redis.pipelined()) {
                    part.forEach(
                            number -> answers.put(number, pipeline.hget("mr:interaction:" + line.id(number), "final")));
                    pipeline.sync();
                }
                answers.forEach((number, state) -> {
                    if (state.get() != null
                            && traces.get(line.index())
                                    .state
                                    .get(state(state.get()))
                                    .get(number)) {
                        traces.get(line.index()).onBoard.set(number);
                    }
                });
            }
        }
    }

    private static ReflectionState state(String name) {
        return ReflectionState.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private void compare() {
        for (var line : ledger.lines()) {
            var found = traces.get(line.index());
            // What was sent and not acknowledged may be in too; once in the log, it counts like the others.
            var all = line.acknowledged();
            all.or(found.inLog);
            all.stream().forEach(number -> compare(line, number, found));
        }
    }

    private void compare(Line line, int number, Traces found) {
        var id = line.id(number);
        flawUnless(found.inLog.get(number), Flaw.NOT_IN_LOG, id);
        flawUnless(found.message.get(number), Flaw.NO_MESSAGE_IN_GRAPH, id);
        var parked = 0;
        for (var tier : Traces.TIERS) {
            var isParked = found.parked.get(tier).get(number);
            var isThere = found.memory.get(tier).get(number);
            parked += isParked ? 1 : 0;
            flawUnless(isThere || isParked, Flaw.NO_MEMORY, id + " in " + tier);
            flawUnless(
                    isParked == behaviour.failsForGood(id, tier.name()), Flaw.PARKED_AGAINST_PLAN, id + " in " + tier);
            flawUnless(!isThere || !isParked, Flaw.MEMORY_AND_DEAD_LETTER, id + " in " + tier);
            flawUnless(!isThere || found.graph.get(tier).get(number), Flaw.NOT_IN_GRAPH, id + " in " + tier);
            flawUnless(
                    isParked || !found.failed.get(tier).get(number),
                    Flaw.FAILED_WITHOUT_DEAD_LETTER,
                    id + " in " + tier);
        }
        if (Follower.FINAL.stream().noneMatch(state -> found.state.get(state).get(number))) {
            findings.add(Flaw.NOT_FINAL, id);
            return;
        }
        var expected = parked == 0
                ? ReflectionState.COMPLETED
                : parked == 1 ? ReflectionState.PARTIAL : ReflectionState.FAILED;
        flawUnless(found.state.get(expected).get(number), Flaw.WRONG_STATE, id);
        flawUnless(found.onBoard.get(number), Flaw.NOT_ON_BOARD, id);
    }

    private void compareCounts(RestClient rest) throws InterruptedException {
        var expected = new TreeMap<String, Counts>();
        for (var line : ledger.lines()) {
            var found = traces.get(line.index());
            found.inLog.stream().forEach(number -> expected.computeIfAbsent(
                            line.user(number).userId(), unused -> new Counts())
                    .add(found, number));
        }
        for (var user : expected.entrySet()) {
            var answer = rest.get("/api/v1/users/" + user.getKey() + "/status");
            var counts = List.of("received", "completed", "partial", "failed", "pending").stream()
                    .map(name -> answer.path(name).asLong(-1))
                    .toList();
            flawUnless(
                    counts.equals(user.getValue().all()),
                    Flaw.WRONG_COUNTS,
                    user.getKey() + " got " + counts + ", takes "
                            + user.getValue().all());
        }
    }

    private static final class Counts {
        private long received;
        private long completed;
        private long partial;
        private long failed;

        void add(Traces found, int number) {
            received++;
            completed += found.state.get(ReflectionState.COMPLETED).get(number) ? 1 : 0;
            partial += found.state.get(ReflectionState.PARTIAL).get(number) ? 1 : 0;
            failed += found.state.get(ReflectionState.FAILED).get(number) ? 1 : 0;
        }

        List<Long> all() {
            return List.of(received, completed, partial, failed, 0L);
        }
    }

    private Map<ReflectionState, Long> states() {
        var counts = new TreeMap<ReflectionState, Long>();
        for (var found : traces) {
            found.state.forEach((state, numbers) -> counts.merge(state, (long) numbers.cardinality(), Long::sum));
        }
        return counts;
    }

    private void flawUnless(boolean fine, Flaw flaw, String example) {
        if (!fine) {
            findings.add(flaw, example);
        }
    }

    private void count(String kind) {
        parkedByKind.merge(kind, 1L, Long::sum);
    }

    private Traces traces(Ledger.Entry entry) {
        return traces.get(entry.line().index());
    }

    private static String expectedId(Ledger.Entry entry, Tier tier) {
        return Ids.memory(entry.line().user(entry.number()), entry.id(), tier.name(), FaultyReflector.DISCRIMINATOR);
    }

    private static SpecificRecord event(
            Deserializer<SpecificRecord> deserializer, ConsumerRecord<byte[], byte[]> record) {
        return deserializer.deserialize(record.topic(), record.value());
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        try (var reader = new TopicReader(bootstrapServers, topic)) {
            reader.all(visitor);
        }
    }
}
