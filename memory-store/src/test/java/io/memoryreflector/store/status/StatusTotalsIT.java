package io.memoryreflector.store.status;

import static io.memoryreflector.store.Samples.episode;
import static io.memoryreflector.store.Samples.interaction;
import static io.memoryreflector.store.Samples.minute;
import static io.memoryreflector.store.Samples.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.RedisErasures;
import io.memoryreflector.store.Samples;
import io.memoryreflector.store.Stores;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StatusTotalsIT {

    private final String namespace = "n-" + UUID.randomUUID();
    private final UserKey ada = new UserKey(namespace, "ada / 1");
    private final UserKey bob = new UserKey(namespace, "bob");
    private final StatusBoard board =
            new StatusBoard(Stores.redis(), Stores.longTerm(), Duration.ofHours(2), () -> Samples.START);
    private final StatusTotals totals = new StatusTotals(Stores.redis(), board);

    @Test
    void shouldCountAllUsersOfANamespaceAndNoneOfAnother() {
        var before = totals.all();
        var episode = episode(ada, id("a2"), minute(0), "moved to Lisbon");
        board.received(List.of(interaction(ada, id("a1"), minute(0), "x"), interaction(bob, id("b1"), minute(0), "y")));
        board.apply(List.of(
                status(ada, id("a2"), 1, ReflectionState.COMPLETED, List.of(episode.getMemoryId())),
                status(bob, id("b1"), 1, ReflectionState.FAILED, List.of())));

        assertThat(totals.of(namespace)).isEqualTo(new Totals(3, 0, 0, 1, 0));
        assertThat(totals.of(namespace).pending()).isEqualTo(2);
        Stores.longTerm().apply(List.of(episode));

        assertThat(totals.of(namespace)).isEqualTo(new Totals(3, 1, 0, 1, 0));
        assertThat(totals.of(namespace + "x")).isEqualTo(new Totals(0, 0, 0, 0, 0));
        assertThat(totals.all().received() - before.received()).isEqualTo(3);
    }

    @Test
    void shouldLookAtAUserNoMoreOfWhomNothingWaits() {
        board.apply(List.of(status(ada, id("a1"), 1, ReflectionState.COMPLETED, List.of())));
        assertThat(Stores.redis().scard("mr:unconfirmed:" + namespace)).isOne();

        totals.of(namespace);

        assertThat(Stores.redis().scard("mr:unconfirmed:" + namespace)).isZero();
    }

    @Test
    void shouldCountGivenInteractionsOfOneUser() {
        board.received(List.of(interaction(ada, id("a1"), minute(0), "x"), interaction(bob, id("b1"), minute(0), "y")));
        board.apply(List.of(status(ada, id("a2"), 1, ReflectionState.PARTIAL, List.of())));

        assertThat(totals.of(ada, List.of(id("a1"), id("a2"), id("b1"), id("unknown"))))
                .isEqualTo(new Totals(2, 0, 1, 0, 0));
    }

    @Test
    void shouldCountNoMoreWhatIsForgotten() {
        board.apply(List.of(status(ada, id("a1"), 1, ReflectionState.COMPLETED, List.of())));
        totals.of(namespace);

        new RedisErasures(Stores.redis(), new ShortTermMemory(Stores.redis(), ShortTermSettings.standard()))
                .apply(List.of(Samples.erasure(ada, ErasureScope.USER, null, minute(9))));
        new StatusErasing(Stores.redis()).forget(ada);

        assertThat(totals.of(namespace)).isEqualTo(new Totals(0, 0, 0, 0, 0));
    }

    @Test
    void shouldKnowHowLongTheLastOnesTook() {
        board.apply(List.of(
                status(ada, id("a1"), 1, ReflectionState.COMPLETED, List.of()),
                status(ada, id("a2"), 2, ReflectionState.COMPLETED, List.of()),
                status(ada, id("a3"), 3, ReflectionState.RETRYING, List.of())));

        assertThat(totals.pace(namespace).ends())
                .extracting(Pace.End::took)
                .containsExactly(
                        Duration.between(Samples.START, minute(2)), Duration.between(Samples.START, minute(1)));
        assertThat(totals.pace().ends()).isNotEmpty();
    }

    private String id(String name) {
        return namespace + name;
    }
}
