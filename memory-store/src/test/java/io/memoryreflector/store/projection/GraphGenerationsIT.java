package io.memoryreflector.store.projection;

import static io.memoryreflector.store.Samples.episode;
import static io.memoryreflector.store.Samples.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.store.Stores;
import io.memoryreflector.store.longterm.Delta;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.longterm.Memory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.Driver;
import org.neo4j.driver.async.AsyncSession;

class GraphGenerationsIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Driver driver = Stores.neo4j();
    private final GraphGenerations generations = new GraphGenerations(driver, TIMEOUT);
    private final LongTermMemory graph = Stores.longTerm();
    private Generation next;
    private LongTermMemory beside;

    @BeforeEach
    void build() {
        next = generations.current().next();
        beside = new LongTermMemory(generations.driver(next), TIMEOUT);
        beside.migrate();
    }

    /** What the other tests have written is under the plain labels. */
    @AfterEach
    void goBackToThePlainLabels() {
        if (generations.current().equals(next)) {
            generations.switchTo(next.next(), tx -> {});
        }
    }

    @Test
    void shouldHaveWritesFollowASwitchAtOnceAndReadsWithinHalfASecond() throws Exception {
        // Given
        var user = Stores.newUser();
        graph.apply(List.of(episode(user, "old", minute(0), "in the old one")));
        beside.apply(List.of(episode(user, "built", minute(1), "in the new one")));
        var read = graph.since(user, 0);
        assertThat(texts(read)).containsExactly("in the old one");

        // When
        generations.switchTo(next, tx -> {});
        graph.apply(List.of(episode(user, "since", minute(2), "written since")));
        // No longer than that may a read go by what was in use: this is the promise, not a wait for something.
        Thread.sleep(GenerationInUse.FRESH.toMillis());

        // Then
        var changed = graph.since(user, read.seq());
        assertThat(changed.whole())
                .as("who has read the old one reads all anew")
                .isTrue();
        assertThat(texts(changed)).containsExactlyInAnyOrder("in the new one", "written since");
        assertThat(texts(beside.since(user, 0))).hasSize(2);
    }

    @Test
    void shouldSwitchNothingWhereTheGuardRefusesAndNotSwitchBack() {
        var before = generations.current();

        assertThatThrownBy(() -> generations.switchTo(next, tx -> {
                    throw new IllegalStateException("another's");
                }))
                .hasMessage("another's");
        assertThat(generations.current()).isEqualTo(before);

        generations.switchTo(next, tx -> {});
        generations.switchTo(next, tx -> {});
        assertThat(generations.current()).isEqualTo(next);
        assertThatThrownBy(() -> generations.switchTo(before, tx -> {})).hasMessageContaining("does not follow");
        assertThatThrownBy(() -> generations.clear(next, tx -> {})).hasMessageContaining("is in use and stays");
    }

    @Test
    void shouldWaitForTransactionsThatBeganBefore() throws Exception {
        CompletableFuture<Void> waiting;
        try (var session = GraphDriver.raw(driver).session();
                var older = session.beginTransaction()) {
            older.run("RETURN 1").consume();
            waiting = CompletableFuture.runAsync(this::awaitOthers);
            await().during(Duration.ofMillis(1_500))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> !waiting.isDone());
        }
        waiting.get(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldRefuseWhatWouldReachTheGraphInOtherWords() {
        assertThatThrownBy(() -> driver.executableQuery("RETURN 1")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> driver.session(AsyncSession.class)).isInstanceOf(UnsupportedOperationException.class);
        try (var session = driver.session()) {
            assertThatThrownBy(session::beginTransaction).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    private void awaitOthers() {
        try {
            generations.awaitOthers();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> texts(Delta delta) {
        return delta.memories().stream().map(Memory::text).toList();
    }
}
