package io.memoryreflector.store.recall;

import static io.memoryreflector.store.recall.Loaded.episode;
import static io.memoryreflector.store.recall.Loaded.ids;
import static io.memoryreflector.store.recall.Loaded.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.Delta;
import io.memoryreflector.store.longterm.Memory;
import io.memoryreflector.store.longterm.MemoryChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a recall holds of its users, over changes that the test makes. */
class RecallTest {

    private static final long BOUND = 1 << 20;

    /** A long term in memory: each write has the next number. */
    private static final class Written implements MemoryChanges {
        private final List<Memory> memories = new ArrayList<>();
        private final AtomicInteger loads = new AtomicInteger();
        private int offset;

        synchronized void write(Memory memory) {
            memories.add(memory);
        }

        /** The graph was dropped, and what is written from now on counts from 1. */
        synchronized void drop() {
            memories.clear();
        }

        synchronized void deleteAllBut(int last) {
            offset += memories.size();
            memories.subList(0, memories.size() - last).clear();
            offset -= memories.size();
            offset++;
        }

        @Override
        public synchronized Delta since(UserKey user, long seq) {
            var now = offset + memories.size();
            if (now == seq && seq > 0) {
                return new Delta(seq, false, List.of());
            }
            if (seq == 0 || seq <= offset) {
                loads.incrementAndGet();
                return new Delta(now, true, List.copyOf(memories));
            }
            return seq > now
                    ? new Delta(now, false, List.of())
                    : new Delta(now, false, List.copyOf(memories.subList((int) seq - offset, memories.size())));
        }
    }

    private final Written written = new Written();
    private final Recall recall = new Recall(written, BOUND);

    @Test
    void shouldLoadAUserOnceHoweverManyAskAtFirst() throws Exception {
        written.write(episode("a", 1, "violin"));
        var callers = 8;
        var start = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(callers);
        try {
            var asked = new ArrayList<Future<List<RecalledItem>>>();
            for (int caller = 0; caller < callers; caller++) {
                asked.add(pool.submit(() -> {
                    start.await();
                    return recall.recall(query("violin", 5));
                }));
            }
            start.countDown();
            for (var one : asked) {
                assertThat(ids(one.get(10, TimeUnit.SECONDS))).containsExactly("a");
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(written.loads).hasValue(1);
    }

    @Test
    void shouldMissNothingThatWasWrittenBeforeTheQuestionWhileManyAsk() throws Exception {
        var writers = 4;
        var rounds = 200;
        var pool = Executors.newFixedThreadPool(writers);
        try {
            var done = new ArrayList<Future<?>>();
            for (int writer = 0; writer < writers; writer++) {
                var name = "writer" + writer;
                done.add(pool.submit(() -> {
                    for (int n = 0; n < rounds; n++) {
                        var word = name + "word" + n;
                        written.write(episode(word, n, word));
                        assertThat(ids(recall.recall(query(word, 1)))).containsExactly(word);
                    }
                }));
            }
            for (var one : done) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void shouldShowNothingOfAGraphThatWasDropped() {
        written.write(episode("a", 1, "violin"));
        written.write(episode("b", 2, "violin too"));
        assertThat(recall.recall(query("violin", 5))).hasSize(2);

        written.drop();
        assertThat(recall.recall(query("violin", 5))).isEmpty();
        written.write(episode("c", 3, "a violin again"));

        assertThat(ids(recall.recall(query("violin", 5)))).containsExactly("c");
    }

    @Test
    void shouldTakeAllAnewWhereSomethingWasDeleted() {
        written.write(episode("a", 1, "violin"));
        written.write(episode("b", 2, "violin too"));
        assertThat(recall.recall(query("violin", 5))).hasSize(2);

        written.deleteAllBut(1);

        assertThat(ids(recall.recall(query("violin", 5)))).containsExactly("b");
    }

    @Test
    void shouldLoadAnewWhatWasForgotten() {
        written.write(episode("a", 1, "violin"));
        recall.recall(query("violin", 5));

        recall.forget(query("violin", 5).user());

        assertThat(ids(recall.recall(query("violin", 5)))).containsExactly("a");
        assertThat(written.loads).hasValue(2);
    }
}
