package io.memoryreflector.store.recall;

import static io.memoryreflector.store.Samples.episode;
import static io.memoryreflector.store.Samples.fact;
import static io.memoryreflector.store.Samples.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Samples;
import io.memoryreflector.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecallIT {

    private static final long BOUND = 64L << 20;

    private final UserKey user = Stores.newUser();
    private final Recall recall = new Recall(Stores.longTerm(), BOUND);

    @Test
    void shouldRecallEachMemoryRightAfterItWasApplied() {
        for (int n = 0; n < 30; n++) {
            Stores.longTerm().apply(List.of(episode(user, "i" + n, minute(n), "Ada bought a marker" + n)));

            assertThat(texts("marker" + n)).first().isEqualTo("Ada bought a marker" + n);
        }
    }

    @Test
    void shouldSeeThatALoadedFactWasClosed() {
        Stores.longTerm().apply(List.of(fact(user, "i1", minute(1), "lives_in", "Porto")));
        assertThat(recall.recall(query("where does Ada live")).get(0).memory().validTo())
                .isEmpty();

        Stores.longTerm().apply(List.of(fact(user, "i2", minute(2), "lives_in", "Lisbon")));

        var items = recall.recall(query("where does Ada live"));
        assertThat(items.get(0).memory().text()).isEqualTo("Ada lives in Lisbon");
        assertThat(items.get(1).memory().validTo()).contains(minute(2));
    }

    @Test
    void shouldNeverGiveAnotherUsersMemories() {
        var other = Stores.newUser();
        Stores.longTerm().apply(List.of(episode(other, "i1", minute(1), "a secret about Lisbon")));

        assertThat(recall.recall(query("secret Lisbon"))).isEmpty();
    }

    @Test
    void shouldMissNothingThatWasCommittedWhileManyWriteAndAsk() throws Exception {
        var writers = 3;
        var rounds = 25;
        var pool = Executors.newFixedThreadPool(writers);
        try {
            var done = new ArrayList<Future<?>>();
            for (int writer = 0; writer < writers; writer++) {
                var name = "writer" + writer;
                done.add(pool.submit(() -> {
                    for (int n = 0; n < rounds; n++) {
                        var word = name + "word" + n;
                        Stores.longTerm().apply(List.of(episode(user, word, minute(n), "Ada said " + word)));
                        assertThat(texts(word)).contains("Ada said " + word);
                    }
                }));
            }
            for (var one : done) {
                one.get(120, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(recall.recall(query("Ada"))).hasSize(writers * rounds);
    }

    @Test
    void shouldLoadAUserAgainWhomTheBoundPushedOut() {
        var tiny = new Recall(Stores.longTerm(), 1);
        Stores.longTerm().apply(List.of(episode(user, "i1", minute(1), "Ada moved to Lisbon")));

        assertThat(tiny.recall(query("Lisbon"))).hasSize(1);
        assertThat(tiny.recall(query("Lisbon"))).hasSize(1);
    }

    private List<String> texts(String text) {
        return recall.recall(query(text)).stream()
                .map(item -> item.memory().text())
                .toList();
    }

    private RecallQuery query(String text) {
        return new RecallQuery(
                user,
                text,
                Optional.empty(),
                "",
                100,
                Set.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL),
                Optional.empty(),
                OptionalInt.empty(),
                Samples.START);
    }
}
