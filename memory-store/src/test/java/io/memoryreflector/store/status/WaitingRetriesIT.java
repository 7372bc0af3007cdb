package io.memoryreflector.store.status;

import static io.memoryreflector.store.Samples.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Samples;
import io.memoryreflector.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitingRetriesIT {

    private final UserKey user = Stores.newUser();
    private final String id = UUID.randomUUID().toString();
    private final StatusBoard board =
            new StatusBoard(Stores.redis(), Stores.longTerm(), Duration.ofHours(2), () -> Samples.START);
    private final WaitingRetries retries = new WaitingRetries(Stores.redis());

    @BeforeEach
    void forgetOtherTests() {
        Stores.redis().del(WaitingRetries.KEY);
    }

    @Test
    void shouldShowWhatWaitsAndUntilWhen() {
        board.apply(List.of(retrying(user, id, 1, minute(5), Tier.SEMANTIC)));

        var page = retries.page(RetryFilter.ALL, 10, Optional.empty());

        assertThat(page.total()).isOne();
        assertThat(page.complete()).isTrue();
        assertThat(page.nextCursor()).isEmpty();
        assertThat(page.retries()).singleElement().satisfies(retry -> {
            assertThat(retry.interactionId()).isEqualTo(id);
            assertThat(retry.tier()).isEqualTo(Tier.SEMANTIC);
            assertThat(retry.user()).isEqualTo(user);
            assertThat(retry.attempts()).isEqualTo(2);
            assertThat(retry.dueAt()).isEqualTo(minute(5));
            assertThat(retry.error()).map(ErrorInfo::getMessage).contains("provider answered 503");
        });
        assertThat(retries.of(id)).isEqualTo(page.retries());
        assertThat(retries.of("another")).isEmpty();
    }

    @Test
    void shouldForgetTheWaitOnAnyLaterState() {
        board.apply(List.of(retrying(user, id, 1, minute(5), Tier.SEMANTIC, Tier.EPISODIC)));
        assertThat(retries.of(id)).hasSize(2);

        board.apply(List.of(retrying(user, id, 2, minute(9), Tier.EPISODIC)));
        assertThat(retries.of(id)).extracting(WaitingRetry::dueAt).containsExactly(minute(9));

        board.apply(List.of(retrying(user, id, 3, minute(9))));
        assertThat(retries.of(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldEndTheSameWhateverIsRepeatedAndInWhateverOrder(long seed) {
        var revisions = new ArrayList<ReflectionStatus>();
        revisions.add(retrying(user, id, 1, minute(1), Tier.EPISODIC, Tier.SEMANTIC));
        revisions.add(retrying(user, id, 2, minute(2), Tier.SEMANTIC));
        revisions.add(retrying(user, id, 3, minute(3), Tier.PROCEDURAL));
        revisions.addAll(List.copyOf(revisions));
        Collections.shuffle(revisions, new Random(seed));

        board.apply(revisions);

        assertThat(retries.of(id)).extracting(WaitingRetry::tier).containsExactly(Tier.PROCEDURAL);
    }

    @Test
    void shouldPageThroughAllEarliestDueFirst() {
        for (var n = 0; n < 1_100; n++) {
            // Many are due at the same moment, so that pages end between equals.
            board.apply(List.of(retrying(user, id + n, 1, minute(n / 100), Tier.EPISODIC)));
        }

        var seen = new ArrayList<WaitingRetry>();
        var cursor = Optional.<String>empty();
        do {
            var page = retries.page(RetryFilter.ALL, 150, cursor);
            assertThat(page.total()).isEqualTo(1_100);
            seen.addAll(page.retries());
            cursor = page.nextCursor();
        } while (cursor.isPresent());

        assertThat(seen).hasSize(1_100).doesNotHaveDuplicates();
        assertThat(seen).extracting(WaitingRetry::dueAt).isSorted();
    }

    @Test
    void shouldFilterByTierUserAndNamespace() {
        var other = new UserKey("elsewhere", user.userId());
        board.apply(List.of(
                retrying(user, id + 1, 1, minute(1), Tier.EPISODIC, Tier.SEMANTIC),
                retrying(other, id + 2, 1, minute(2), Tier.EPISODIC),
                retrying(Stores.newUser(), id + 3, 1, minute(3), Tier.EPISODIC)));

        assertThat(total(new RetryFilter(Optional.of(Tier.EPISODIC), Optional.empty(), Optional.empty())))
                .isEqualTo(3);
        assertThat(total(new RetryFilter(Optional.empty(), Optional.empty(), Optional.of(user.userId()))))
                .isEqualTo(3);
        assertThat(total(new RetryFilter(
                        Optional.of(Tier.SEMANTIC), Optional.of(user.namespace()), Optional.of(user.userId()))))
                .isEqualTo(1);
        assertThat(total(new RetryFilter(Optional.empty(), Optional.of("elsewhere"), Optional.empty())))
                .isEqualTo(1);
    }

    @Test
    void shouldSayWhenItDidNotLookAtAll() {
        for (var n = 0; n < 1_000; n++) {
            board.apply(List.of(retrying(user, id + n, 1, minute(n), Tier.EPISODIC)));
        }

        var page = new WaitingRetries(Stores.redis(), 500).page(RetryFilter.ALL, 10, Optional.empty());

        assertThat(page.complete()).isFalse();
        assertThat(page.total()).isEqualTo(500);
    }

    @Test
    void shouldForgetWhatWaitsUnderAStatusThatHasExpired() {
        board.apply(List.of(retrying(user, id, 1, minute(5), Tier.SEMANTIC)));
        Stores.redis().del("mr:interaction:" + id);

        assertThat(total(RetryFilter.ALL)).isZero();
        assertThat(Stores.redis().zcard(WaitingRetries.KEY)).isZero();
    }

    @Test
    void shouldRefuseACursorThatItDidNotGive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> retries.page(RetryFilter.ALL, 10, Optional.of("never")))
                .withMessageContaining("cursor");
    }

    private long total(RetryFilter filter) {
        return retries.page(filter, 1, Optional.empty()).total();
    }

    private static ReflectionStatus retrying(UserKey user, String id, int revision, Instant due, Tier... waiting) {
        var status = Samples.status(user, id, revision, ReflectionState.RETRYING, List.of());
        var tiers = new ArrayList<TierStatus>();
        for (var tier : List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL)) {
            var waits = List.of(waiting).contains(tier);
            tiers.add(TierStatus.newBuilder()
                    .setTier(tier)
                    .setState(waits ? ReflectionState.RETRYING : ReflectionState.COMPLETED)
                    .setAttempts(2)
                    .setNextAttemptAt(waits ? due : null)
                    .setError(new ErrorInfo("transient", "ProviderException", "provider answered 503", due))
                    .setUpdatedAt(minute(revision))
                    .build());
        }
        status.setTiers(tiers);
        return status;
    }
}
