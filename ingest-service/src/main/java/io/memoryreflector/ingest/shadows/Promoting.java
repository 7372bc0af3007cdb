package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.ShadowAction;
import io.memoryreflector.events.Tier;
import io.memoryreflector.ingest.shadows.Shelf.Kind;
import io.memoryreflector.ingest.shadows.UserPlan.Copy;
import io.memoryreflector.ingest.shadows.UserPlan.Part;
import io.memoryreflector.ingest.shadows.UserPlan.Verdict;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Shadow;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one promotion: user by user in the order of their keys, the shadow's memories are written to the live topics,
 * and an erasure retires what they take the place of. A tier of an interaction changes in one transaction of Kafka. What an
 * earlier promotion has done is found in the log and not done again, so a process may die at any line; the transactional id
 * keeps one that was overtaken from writing. One thread.
 */
final class Promoting {

    private static final Logger LOG = LoggerFactory.getLogger(Promoting.class);

    /** Records of one transaction, or a few more: a reader waits for its end. */
    private static final int AT_ONCE = 500;

    private final Producer<String, byte[]> producer;
    private final Serializer<SpecificRecord> serializer;
    private final Shadow shadow;
    private final String run;
    private final Predicate<Remembered> touched;
    private final BooleanSupplier stopping;
    private final Consumer<ShadowAction> progress;
    private final ShadowAction action;
    private int open;

    /**
     * @param producer transactional, and begun
     * @param run tells this shadow from all others, also from an earlier one of its name
     * @param touched whether a person has deleted or changed a memory since the log was read
     * @param progress is told after each user
     */
    Promoting(
            Producer<String, byte[]> producer,
            EventSerdes serdes,
            Shadow shadow,
            String run,
            ShadowAction action,
            Predicate<Remembered> touched,
            BooleanSupplier stopping,
            Consumer<ShadowAction> progress) {
        this.producer = producer;
        this.serializer = serdes.serializer();
        this.shadow = shadow;
        this.run = run;
        // What is kept or waits is counted anew each time; what was done before stays done.
        this.action = ShadowAction.newBuilder(action).setKept(0).setWaiting(0).build();
        this.touched = touched;
        this.stopping = stopping;
        this.progress = progress;
    }

    /**
     * Does what is left to do.
     *
     * @throws WholeTopics.Stopped where this process ends before
     */
    ShadowAction run(BothReflectors log) {
        action.setUsers(log.users());
        action.setUsersDone(0L);
        for (var user = log.userAfter(""); user.isPresent(); user = log.userAfter(user.get())) {
            if (stopping.getAsBoolean()) {
                throw new WholeTopics.Stopped();
            }
            promote(user.get(), log);
            action.setUsersDone(action.getUsersDone() + 1);
            progress.accept(ShadowAction.newBuilder(action).build());
        }
        return action;
    }

    private void promote(String user, BothReflectors log) {
        var ofUser = log.of(user);
        var plan = UserPlan.of(ofUser, log.forgotten(), run);
        var added = plan.parts().stream()
                .flatMap(part -> part.added().stream())
                .map(copy -> copy.memory().id())
                .collect(Collectors.toSet());
        var events = added.isEmpty() ? Map.<String, SpecificRecord>of() : log.shadowMemories(user, added);
        var sessions = new HashSet<String>();
        var kept = new HashSet<String>();
        try {
            for (var part : plan.parts()) {
                var isKept = part.verdict() == Verdict.KEPT || isTouched(part);
                count(part, isKept);
                if (isKept) {
                    ofUser.shadow().stream()
                            .filter(memory -> memory.group().equals(part.group()))
                            .forEach(memory ->
                                    kept.add(String.valueOf(memory.handed().sessionId())));
                }
                if (isKept || part.added().isEmpty() && part.retired().isEmpty()) {
                    continue;
                }
                begin();
                part.added()
                        .forEach(
                                copy -> add(user, copy, events.get(copy.memory().id())));
                part.retired().forEach(memory -> retire(user, memory));
                part.added()
                        .forEach(copy -> sessions.add(
                                String.valueOf(copy.memory().handed().sessionId())));
                part.retired()
                        .forEach(memory ->
                                sessions.add(String.valueOf(memory.handed().sessionId())));
                if (open >= AT_ONCE) {
                    commit();
                }
            }
            // A summary may tell what a person had deleted in other words.
            sessions.removeAll(kept);
            if (!sessions.isEmpty()) {
                tell(user, sessions, plan, log);
            }
            commit();
        } catch (RuntimeException e) {
            abort();
            throw e;
        }
    }

    private boolean isTouched(Part part) {
        return part.retired().stream().anyMatch(touched)
                || part.same().stream().anyMatch(touched)
                || part.added().stream().map(Copy::memory).anyMatch(touched);
    }

    private void count(Part part, boolean isKept) {
        if (isKept) {
            action.setKept(action.getKept() + 1);
        } else if (part.verdict() == Verdict.WAITING) {
            action.setWaiting(action.getWaiting() + 1);
        } else {
            action.setAdded(action.getAdded() + part.added().size());
            action.setRetired(action.getRetired() + part.retired().size());
        }
    }

    private void add(String user, Copy copy, SpecificRecord event) {
        var promoted = copy(event);
        put(promoted, "memory_id", copy.id());
        if (promoted instanceof Fact || promoted instanceof Procedure) {
            put(promoted, "supersedes", copy.supersedes());
        }
        write(Topics.memories(copy.memory().group().tier()), user, promoted);
        if (copy.memory().group().tier() == Tier.SEMANTIC) {
            var told = new ProducerRecord<String, byte[]>(Topics.TASKS_SEMANTIC.name(), user, null);
            told.headers().add(HeaderNames.LEARNT, serializer.serialize(Topics.SEMANTIC.name(), promoted));
            producer.send(told);
            open++;
        }
    }

    private void retire(String user, Remembered memory) {
        write(Topics.ERASURES, user, Forgotten.retirement(memory.handed(), shadow.name()));
    }

    /** The sessions that have changed, in the shadow's words, before the live reflector tells those that it still follows. */
    private void tell(String user, Set<String> sessions, UserPlan plan, BothReflectors log) {
        var theirs = log.summaries(user, Kind.LIVE_SESSION);
        log.summaries(user, Kind.SHADOW_SESSION).forEach((id, summary) -> {
            if (sessions.contains(String.valueOf(summary.getSessionId()))) {
                var before = theirs.get(id);
                var revision = Math.max(summary.getRevision(), before == null ? 0 : before.getRevision());
                begin();
                write(
                        Topics.SESSIONS,
                        user,
                        SessionSummary.newBuilder(summary)
                                .setRevision(revision + 1)
                                .setMemoryIds(summary.getMemoryIds().stream()
                                        .map(memory -> plan.inUse().getOrDefault(memory, memory))
                                        .toList())
                                .build());
            }
        });
    }

    private void write(Topic topic, String user, SpecificRecord event) {
        var record = new ProducerRecord<>(topic.name(), user, serializer.serialize(topic.name(), event));
        record.headers().add(HeaderNames.PROMOTION, action.getActionId().getBytes(StandardCharsets.UTF_8));
        producer.send(record);
        open++;
    }

    private void begin() {
        if (open == 0) {
            producer.beginTransaction();
        }
    }

    private void commit() {
        if (open > 0) {
            producer.commitTransaction();
            open = 0;
        }
    }

    private void abort() {
        if (open > 0) {
            open = 0;
            try {
                producer.abortTransaction();
            } catch (KafkaException e) {
                // Kafka does it itself after a minute, or the one that took over has done it.
                LOG.debug("a promotion's transaction could not be aborted: {}", e.toString());
            }
        }
    }

    private static SpecificRecord copy(SpecificRecord event) {
        return SpecificData.get().deepCopy(event.getSchema(), event);
    }

    private static void put(SpecificRecord event, String field, Object value) {
        Schema.Field place = event.getSchema().getField(field);
        event.put(place.pos(), value);
    }
}
