package io.memoryreflector.ingest.deadletters;

import com.github.benmanes.caffeine.cache.Interner;
import io.memoryreflector.schemas.UserKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/**
 * What is known of the newest dead letters, small enough for memory. Letters and actions may come in any order and any
 * number of times; the outcome is the same. Thread-safe: writers take turns, readers wait for nobody.
 */
final class DeadLetterIndex {

    private static final int MAX_MESSAGE = 300;
    private static final int MAX_EARLY = 10_000;

    private final int max;
    private final Predicate<Heading> forgotten;
    private final Map<String, Entry> byId = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<Place, Entry> byPlace = new ConcurrentSkipListMap<>();
    /** Actions of letters that are not read yet, because another process was faster, or that were left out. */
    private final Map<String, List<Action>> early = new LinkedHashMap<>();
    /** The same few topics, classes and messages over and over. */
    private final Interner<String> texts = Interner.newWeakInterner();

    private volatile long leftOut;

    /**
     * @param max entries; older ones are left out
     * @param forgotten letters that are not taken in
     */
    DeadLetterIndex(int max, Predicate<Heading> forgotten) {
        this.max = max;
        this.forgotten = forgotten;
    }

    /**
     * A page.
     *
     * @param total how many match
     * @param next where the next page begins; empty on the last
     */
    record Page(List<Entry> entries, int total, Optional<Place> next) {}

    /** Takes in a letter. A letter must be told once; the reader sees to it. */
    synchronized void parked(Heading told) {
        if (forgotten.test(told)) {
            return;
        }
        var heading = small(told);
        var known = byId.get(heading.id());
        var entry = known == null ? Entry.first(heading) : known.parked(heading);
        var waiting = early.remove(heading.id());
        for (var action : waiting == null ? List.<Action>of() : waiting) {
            entry = entry.acted(action);
        }
        replace(known, entry);
        if (byPlace.size() > max) {
            byId.remove(byPlace.pollFirstEntry().getValue().id());
            leftOut++;
        }
    }

    /** Leaves out what is to be forgotten of a user since now. */
    synchronized void forget(UserKey user) {
        for (var entry : of(user)) {
            if (forgotten.test(entry.heading())) {
                byPlace.remove(entry.place());
                byId.remove(entry.id());
            }
        }
    }

    /** Takes in what was done. */
    synchronized void acted(String id, Action action) {
        var known = byId.get(id);
        if (known != null) {
            replace(known, known.acted(action));
            return;
        }
        early.computeIfAbsent(id, none -> new ArrayList<>(1)).add(action);
        if (early.size() > MAX_EARLY) {
            early.remove(early.keySet().iterator().next());
        }
    }

    Optional<Entry> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** A page, newest first; entries that change meanwhile are on it once or not at all. */
    Page page(LetterFilter filter, int limit, Optional<Place> after) {
        var entries = new ArrayList<Entry>();
        var total = 0;
        var more = false;
        for (var entry : byPlace.descendingMap().values()) {
            if (filter.matches(entry)) {
                total++;
                if (after.isEmpty() || entry.place().compareTo(after.get()) < 0) {
                    if (entries.size() < limit) {
                        entries.add(entry);
                    } else {
                        more = true;
                    }
                }
            }
        }
        var next = more ? Optional.of(entries.get(entries.size() - 1).place()) : Optional.<Place>empty();
        return new Page(entries, total, next);
    }

    /** All that match, oldest first, so that what is sent again is sent in its order. */
    List<Entry> matching(LetterFilter filter) {
        return byPlace.values().stream().filter(filter::matches).toList();
    }

    /** All of a user, in any state, oldest first. */
    List<Entry> of(UserKey user) {
        return byPlace.values().stream()
                .filter(entry -> user.userId().equals(entry.heading().subject().userId())
                        && user.namespace().equals(entry.heading().subject().namespace()))
                .toList();
    }

    /** How many are parked. */
    ParkedLetters.Counts parked() {
        return ParkedLetters.count(byPlace.values());
    }

    /** How many older letters there was no room for. */
    long leftOut() {
        return leftOut;
    }

    private void replace(Entry known, Entry entry) {
        if (known != null && !known.place().equals(entry.place())) {
            byPlace.remove(known.place());
        }
        byId.put(entry.id(), entry);
        byPlace.put(entry.place(), entry);
    }

    private Heading small(Heading heading) {
        var failure = heading.failure();
        var source = heading.source();
        return new Heading(
                heading.id(),
                heading.place(),
                new SourceRecord(texts.intern(source.topic()), source.partition(), source.offset()),
                heading.subject(),
                new Failure(
                        texts.intern(failure.reason()),
                        texts.intern(failure.kind()),
                        texts.intern(failure.errorClass()),
                        failure.message() == null ? null : texts.intern(cut(failure.message())),
                        failure.attempts(),
                        failure.firstAt(),
                        failure.lastAt()),
                texts.intern(heading.component()),
                heading.handover());
    }

    private static String cut(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
    }
}
