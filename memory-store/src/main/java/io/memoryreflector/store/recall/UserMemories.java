package io.memoryreflector.store.recall;

import io.memoryreflector.store.longterm.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All memories of one user, ready to be ranked, session by session. Immutable, so that any number of questions read it
 * at once; {@link #with} makes the next one and works out anew only the sessions that changed.
 */
final class UserMemories {

    /** Of a user without any memory. */
    private static final int BYTES = 500;

    private static final UserMemories EMPTY = new UserMemories(0, new TreeMap<>(), Set.of(), VectorPages.NONE);

    private final long seq;
    private final TreeMap<String, SessionBlock> bySession;
    /** Messages that only episodes rest on that are held back. */
    private final Set<String> held;

    private final VectorPages pages;

    private final SessionBlock[] blocks;
    private final Entry[] entries;
    private final Columns columns;
    private final int[] starts;
    private final int[] session;
    /** Those who speak or are spoken of, each company once, and which of them a memory has. */
    private final List<List<String>> casts;

    private final int[] cast;
    private final Set<String> people = new LinkedHashSet<>();

    private final double averageLength;
    private final int weight;
    private final long oldest;
    private final long newest;

    private UserMemories(long seq, TreeMap<String, SessionBlock> bySession, Set<String> held, VectorPages pages) {
        this.seq = seq;
        this.bySession = bySession;
        this.held = held;
        this.pages = pages;
        blocks = bySession.values().toArray(SessionBlock[]::new);
        entries = new Entry[Arrays.stream(blocks).mapToInt(SessionBlock::size).sum()];
        columns = new Columns(entries.length);
        starts = new int[blocks.length];
        session = new int[entries.length];
        cast = new int[entries.length];
        var numbers = new LinkedHashMap<List<String>, Integer>();
        var start = 0;
        var length = 0L;
        long bytes = BYTES;
        var first = Long.MAX_VALUE;
        var last = Long.MIN_VALUE;
        for (int b = 0; b < blocks.length; b++) {
            var block = blocks[b];
            starts[b] = start;
            block.copyTo(entries, columns, start);
            Arrays.fill(session, start, start + block.size(), b);
            var ofBlock = block.casts().stream()
                    .mapToInt(one -> numbers.computeIfAbsent(one, company -> numbers.size()))
                    .toArray();
            for (int i = 0; i < block.size(); i++) {
                cast[start + i] = ofBlock[block.cast(i)];
            }
            start += block.size();
            length += block.length();
            bytes += block.weight();
            first = Math.min(first, block.oldest());
            last = Math.max(last, block.newest());
        }
        casts = List.copyOf(numbers.keySet());
        casts.forEach(people::addAll);
        averageLength = entries.length == 0 ? 1 : Math.max(1, (double) length / entries.length);
        weight = (int) Math.min(Integer.MAX_VALUE, bytes);
        oldest = first;
        newest = last;
    }

    static UserMemories empty() {
        return EMPTY;
    }

    /** These memories with others added, or put in the place of those with the same id; without those that are held back. */
    UserMemories with(long newSeq, List<Memory> changed) {
        return with(newSeq, changed, SituationVectors.NONE);
    }

    /** @param situations makes the vectors of the situations that the changed memories name */
    UserMemories with(long newSeq, List<Memory> changed, SituationVectors situations) {
        if (changed.isEmpty()) {
            return newSeq == seq ? this : new UserMemories(newSeq, bySession, held, pages);
        }
        var nowHeld = new HashSet<>(held);
        var latest = new HashMap<String, Memory>();
        for (var memory : changed) {
            latest.put(memory.memoryId(), memory);
            if (memory.quarantine().isPresent()) {
                memory.sources().forEach(source -> nowHeld.add(Entry.message(source)));
            }
        }
        var sessions = new HashMap<String, List<Entry>>();
        takeOut(latest.keySet(), sessions);
        var additions = new VectorPages.Additions(pages);
        for (var entry : entries(latest.values(), situations, additions)) {
            sessions.computeIfAbsent(entry.session, this::ofSession).add(entry);
        }
        var next = new TreeMap<>(bySession);
        sessions.forEach((name, ofSession) -> {
            if (ofSession.isEmpty()) {
                next.remove(name);
            } else {
                next.put(name, SessionBlock.of(ofSession));
            }
        });
        return new UserMemories(newSeq, next, nowHeld, additions.pages()).tight();
    }

    /** These memories without the places of vectors that are gone, once those are more than the others. */
    private UserMemories tight() {
        if (pages.size() <= 2 * entries.length + VectorPages.PAGE) {
            return this;
        }
        var additions = new VectorPages.Additions(VectorPages.NONE);
        var placed = new TreeMap<String, SessionBlock>();
        bySession.forEach((name, block) -> placed.put(
                name,
                SessionBlock.of(block.entries().stream()
                        .map(entry -> entry.at(additions.place(entry.memory.vectorModel(), entry.memory.vector())))
                        .toList())));
        return new UserMemories(seq, placed, held, additions.pages());
    }

    /** These memories, and those of the turns that no episode rests on. */
    UserMemories withTurns(List<Memory> turns) {
        return with(
                seq,
                turns.stream()
                        .filter(turn -> turn.sources().stream()
                                .map(Entry::message)
                                .anyMatch(message -> !isTold(turn.sessionId().orElse(""), message)))
                        .toList());
    }

    /** An episode is of the session of its messages. */
    private boolean isTold(String ofSession, String message) {
        var block = bySession.get(ofSession);
        return held.contains(message) || block != null && block.tells(message);
    }

    /** Gives the sessions that hold any of those memories what is left of them. */
    private void takeOut(Set<String> memoryIds, Map<String, List<Entry>> sessions) {
        bySession.forEach((name, block) -> {
            if (block.holdsAny(memoryIds)) {
                var left = ofSession(name);
                left.removeIf(entry -> memoryIds.contains(entry.memory.memoryId()));
                sessions.put(name, left);
            }
        });
    }

    private List<Entry> ofSession(String name) {
        var block = bySession.get(name);
        return block == null ? new ArrayList<>() : new ArrayList<>(block.entries());
    }

    /** Of those that are not held back. */
    private static List<Entry> entries(
            Iterable<Memory> memories, SituationVectors situations, VectorPages.Additions additions) {
        var shown = new ArrayList<Memory>();
        var named = new LinkedHashSet<String>();
        for (var memory : memories) {
            if (memory.quarantine().isEmpty()) {
                shown.add(memory);
                memory.situation().map(Situation::of).ifPresent(named::add);
            }
        }
        var vectors = named.isEmpty() ? List.<float[]>of() : situations.of(List.copyOf(named));
        var bySituation = new HashMap<String, float[]>();
        var names = named.iterator();
        vectors.forEach(vector -> bySituation.put(names.next(), vector));
        return shown.stream()
                .map(memory -> Entry.of(
                        memory,
                        memory.situation().map(Situation::of).map(bySituation::get),
                        additions.place(memory.vectorModel(), memory.vector())))
                .toList();
    }

    long seq() {
        return seq;
    }

    int size() {
        return entries.length;
    }

    Entry get(int index) {
        return entries[index];
    }

    /** The vectors of all that have a {@link #place}. */
    VectorPages pages() {
        return pages;
    }

    /** What a question looks at of every memory. */
    Columns columns() {
        return columns;
    }

    /** Of all texts, in terms. */
    double averageLength() {
        return averageLength;
    }

    /** The episode or turn just before this one in its session; -1 for none. */
    int turnBefore(int index) {
        return columns.isTurn[index] && index > starts[session[index]] ? index - 1 : -1;
    }

    /** Which session a memory is of, counted from 0. */
    int session(int index) {
        return session[index];
    }

    int sessions() {
        return blocks.length;
    }

    /** The memories of a session. */
    SessionBlock block(int ofSession) {
        return blocks[ofSession];
    }

    /** The index of the first memory of a session; the others follow. */
    int start(int ofSession) {
        return starts[ofSession];
    }

    /** Those who speak or are spoken of, each company once. */
    List<List<String>> casts() {
        return casts;
    }

    /** Which of the casts a memory has. */
    int cast(int index) {
        return cast[index];
    }

    /** Who speaks or is spoken of. */
    Set<String> people() {
        return people;
    }

    /** When the oldest of all happened, in milliseconds since 1970. */
    long oldest() {
        return oldest;
    }

    /** When the newest of all happened, in milliseconds since 1970. */
    long newest() {
        return newest;
    }

    /** About how many bytes this takes. */
    int weight() {
        return weight;
    }
}
