package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.Fact;
import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.state.FactChange;
import io.memoryreflector.state.KnownFact;
import io.memoryreflector.streams.store.Prefix;
import io.memoryreflector.streams.store.StoreKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What the semantic lane holds for true of each user, so that a reflector can be told what is known: one fact for each
 * subject and predicate that has one object at a time, else one for each object. The truth is the log's; this is what a
 * prompt needs of it. A fact that is held back is kept aside, where nobody is told of it; what is changed of a fact is kept
 * too, since it may come before the fact, and the fact may come again. Belongs to one stream thread.
 */
final class KnownFacts {

    /** Facts in a request. */
    static final int MOST = 40;

    /** Facts of a user that are looked at. */
    private static final int LOOKED_AT = 2_000;

    private static final int SHORTEST_WORD = 3;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private final KeyValueStore<Bytes, KnownFact> store;
    private final KeyValueStore<Bytes, FactChange> changes;

    KnownFacts(KeyValueStore<Bytes, KnownFact> store, KeyValueStore<Bytes, FactChange> changes) {
        this.store = store;
        this.changes = changes;
    }

    /** What holds now and shares most words with the tasks, then what is newest; the oldest first, in one order. */
    List<KnownFact> relevantTo(String user, List<ReflectionTask> tasks) {
        var facts = new ArrayList<KnownFact>();
        each(user, (key, fact) -> {
            if (fact.getValidTo() == null) {
                facts.add(fact);
            }
        });
        var said = words(tasks);
        var shared = new HashMap<String, Integer>();
        facts.forEach(fact -> shared.put(fact.getMemoryId(), shared(said, fact)));
        return facts.stream()
                .sorted(Comparator.<KnownFact>comparingInt(fact -> -shared.get(fact.getMemoryId()))
                        .thenComparing(KnownFact::getValidFrom, Comparator.reverseOrder())
                        .thenComparing(KnownFact::getMemoryId))
                .limit(MOST)
                .sorted(Comparator.comparing(KnownFact::getValidFrom).thenComparing(KnownFact::getMemoryId))
                .toList();
    }

    /** Takes note of new facts; of two that exclude each other the later one stays, in whatever order they come. */
    void learn(String user, Collection<? extends SpecificRecord> memories) {
        for (var memory : memories) {
            if (memory instanceof Fact fact) {
                learn(user, fact);
            }
        }
    }

    private void learn(String user, Fact fact) {
        var known = known(user, fact);
        var change = changes.get(StoreKey.of(user, fact.getMemoryId()));
        var isHeld = fact.getQuarantine() != null;
        if (change == null && !isHeld) {
            place(user, known);
        } else {
            place(user, known, change == null ? FactChanges.none(user, known) : change, isHeld);
        }
    }

    /**
     * Takes note of a change of one memory, which need not be known. Of two that change the same thing the later one counts,
     * in whatever order they come. What a fact had taken the place of that is now held back comes back when it is said
     * again.
     */
    void amend(String user, MemoryAmended amendment) {
        var key = StoreKey.of(user, amendment.getMemoryId());
        var before = changes.get(key);
        var change = FactChanges.with(before == null ? FactChanges.of(user, amendment) : before, amendment);
        var held = change.getHeld();
        var entry = held == null ? find(user, amendment.getMemoryId()) : null;
        if (held != null) {
            place(user, held, change, true);
        } else if (entry != null) {
            store.delete(entry.key);
            place(user, entry.value, change, false);
        } else {
            changes.put(key, change);
        }
    }

    /** Puts a fact where its changes want it. */
    private void place(String user, KnownFact fact, FactChange change, boolean wasHeld) {
        if (change.getWording() != null) {
            fact.setStatement(change.getWording().getText());
            fact.setReworded(true);
        }
        var isHeld =
                change.getJudgement() == null ? wasHeld : !change.getJudgement().getReleased();
        change.setHeld(isHeld ? fact : null);
        changes.put(StoreKey.of(user, fact.getMemoryId()), change);
        if (isHeld) {
            reopen(user, Set.of(fact.getMemoryId()));
        } else {
            place(user, fact);
        }
    }

    private void place(String user, KnownFact fact) {
        var key = key(user, fact);
        var known = store.get(key);
        if (known == null || !known.getValidFrom().isAfter(fact.getValidFrom())) {
            store.put(key, fact);
        }
        if (!fact.getSupersedes().isEmpty()) {
            close(user, Set.copyOf(fact.getSupersedes()), key, fact.getValidFrom(), fact.getMemoryId());
        }
    }

    /**
     * Forgets facts of a user; what they had closed holds again. What a forgotten fact had taken the place of is in the
     * log and the graph, and comes back here when it is said again.
     *
     * @return how many were forgotten
     */
    int forget(String user, int limit, Predicate<Handed> covered) {
        var facts = Prefix.matching(
                store,
                StoreKey.of(user),
                limit,
                entry -> entry.value == null || covered.test(handed(user, entry.value)));
        var ids = new HashSet<String>();
        facts.forEach(entry -> {
            store.delete(entry.key);
            if (entry.value != null) {
                ids.add(entry.value.getMemoryId());
            }
        });
        if (!ids.isEmpty()) {
            reopen(user, ids);
        }
        var changed = Prefix.matching(
                changes,
                StoreKey.of(user),
                limit,
                entry -> entry.value == null || covered.test(FactChanges.handed(user, entry.value)));
        changed.forEach(entry -> changes.delete(entry.key));
        return Math.max(facts.size(), changed.size());
    }

    /** What these facts had ended holds again, known or held back. */
    private void reopen(String user, Set<String> ids) {
        Prefix.matching(
                        store,
                        StoreKey.of(user),
                        LOOKED_AT,
                        entry -> entry.value != null && isEndedBy(ids, entry.value))
                .forEach(entry -> {
                    setEnd(entry.value, null, null);
                    store.put(entry.key, entry.value);
                });
        Prefix.matching(
                        changes,
                        StoreKey.of(user),
                        LOOKED_AT,
                        entry -> entry.value != null
                                && entry.value.getHeld() != null
                                && isEndedBy(ids, entry.value.getHeld()))
                .forEach(entry -> {
                    setEnd(entry.value.getHeld(), null, null);
                    changes.put(entry.key, entry.value);
                });
    }

    private static boolean isEndedBy(Set<String> ids, KnownFact fact) {
        return fact.getClosedBy() != null && ids.contains(fact.getClosedBy());
    }

    private static void setEnd(KnownFact fact, Instant at, String by) {
        fact.setValidTo(at);
        fact.setClosedBy(by);
    }

    private static Handed handed(String user, KnownFact fact) {
        return new Handed(
                user,
                fact.getSessionId(),
                fact.getSource(),
                Set.copyOf(fact.getInteractionIds()),
                fact.getMemoryId(),
                fact.getRecordedAt());
    }

    private void close(String user, Set<String> memoryIds, Bytes except, Instant at, String by) {
        var closed = new HashMap<Bytes, KnownFact>();
        each(user, (key, fact) -> {
            if (memoryIds.contains(fact.getMemoryId()) && !key.equals(except) && fact.getValidTo() == null) {
                setEnd(fact, at, by);
                closed.put(key, fact);
            }
        });
        closed.forEach(store::put);
        for (var id : memoryIds) {
            closeHeld(user, id, at, by);
        }
    }

    private void closeHeld(String user, String memoryId, Instant at, String by) {
        var key = StoreKey.of(user, memoryId);
        var change = changes.get(key);
        if (change != null && change.getHeld() != null && change.getHeld().getValidTo() == null) {
            setEnd(change.getHeld(), at, by);
            changes.put(key, change);
        }
    }

    private KeyValue<Bytes, KnownFact> find(String user, String memoryId) {
        return Prefix.matching(
                        store,
                        StoreKey.of(user),
                        1,
                        entry ->
                                entry.value != null && entry.value.getMemoryId().equals(memoryId))
                .stream()
                .findFirst()
                .orElse(null);
    }

    private void each(String user, BiConsumer<Bytes, KnownFact> visitor) {
        try (var entries = store.prefixScan(StoreKey.of(user), new BytesSerializer())) {
            for (int i = 0; i < LOOKED_AT && entries.hasNext(); i++) {
                var entry = entries.next();
                visitor.accept(entry.key, entry.value);
            }
        }
    }

    /** What a fact is about stands in its value alone, which is sealed: a key is readable. */
    private static Bytes key(String user, KnownFact fact) {
        var subject = lower(fact.getSubject());
        var predicate = lower(fact.getPredicate());
        return StoreKey.of(
                user,
                fact.getFunctional()
                        ? Ids.nameBased("known-fact", user, subject, predicate)
                        : Ids.nameBased("known-fact", user, subject, predicate, lower(fact.getObject())));
    }

    private static KnownFact known(String user, Fact fact) {
        return KnownFact.newBuilder()
                .setUserKey(user)
                .setMemoryId(fact.getMemoryId())
                .setSubject(fact.getSubject())
                .setPredicate(fact.getPredicate())
                .setObject(fact.getObject())
                .setStatement(fact.getStatement())
                .setFunctional(fact.getFunctional())
                .setValidFrom(fact.getValidFrom())
                .setValidTo(fact.getValidTo())
                .setSessionId(fact.getSessionId())
                .setSource(fact.getSource())
                .setInteractionIds(fact.getSources().stream()
                        .map(SourceRef::getInteractionId)
                        .distinct()
                        .toList())
                .setRecordedAt(fact.getRecordedAt())
                .setSupersedes(fact.getSupersedes())
                .build();
    }

    private static Set<String> words(List<ReflectionTask> tasks) {
        var words = new HashSet<String>();
        for (var task : tasks) {
            task.getMessages().stream().map(Message::getContent).forEach(text -> addWords(text, words));
        }
        return words;
    }

    private static int shared(Set<String> said, KnownFact fact) {
        var words = new HashSet<String>();
        addWords(fact.getStatement(), words);
        addWords(fact.getSubject(), words);
        addWords(fact.getPredicate().replace('_', ' '), words);
        words.retainAll(said);
        return words.size();
    }

    private static void addWords(String text, Set<String> words) {
        var matcher = WORD.matcher(lower(text));
        while (matcher.find()) {
            if (matcher.end() - matcher.start() >= SHORTEST_WORD) {
                words.add(matcher.group());
            }
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
