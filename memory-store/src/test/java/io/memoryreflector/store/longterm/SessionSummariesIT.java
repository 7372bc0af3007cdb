package io.memoryreflector.store.longterm;

import static io.memoryreflector.store.Samples.SESSION;
import static io.memoryreflector.store.Samples.START;
import static io.memoryreflector.store.Samples.erasure;
import static io.memoryreflector.store.Samples.minute;
import static io.memoryreflector.store.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Sessions in short, whichever of their revisions comes when. */
class SessionSummariesIT {

    private final LongTermMemory longTerm = Stores.longTerm();
    private final SessionSummaries sessions = new SessionSummaries(Stores.neo4j(), Duration.ofSeconds(30));
    private final UserKey user = Stores.newUser();

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void shouldHoldTheLatestRevisionWhicheverComesLast(@ForAll long seed) {
        var random = new Random(seed);
        var shuffled = Stores.newUser();
        var arriving = new ArrayList<SpecificRecord>(List.of(
                summary(shuffled, 1, minute(1), "i1"),
                summary(shuffled, 2, minute(2), "i1", "i2"),
                // One that lost what was recorded last.
                summary(shuffled, 3, minute(1), "i1"),
                summary(shuffled, 3, minute(1), "i1")));
        var erased = random.nextBoolean();
        if (erased) {
            arriving.add(erasure(shuffled, ErasureScope.SESSION, SESSION, minute(5)));
        }
        Collections.shuffle(arriving, random);
        for (int from = 0; from < arriving.size(); ) {
            var to = Math.min(arriving.size(), from + 1 + random.nextInt(3));
            longTerm.apply(arriving.subList(from, to));
            from = to;
        }

        var held = sessions.page(shuffled, "", 10);
        if (erased) {
            assertThat(held).as("seed %d", seed).isEmpty();
        } else {
            assertThat(held).as("seed %d", seed).singleElement().satisfies(summary -> {
                assertThat(summary.revision()).isEqualTo(3);
                assertThat(summary.text()).isEqualTo("told in i1");
            });
        }
    }

    @Test
    void shouldPointToItsMemoriesAndMessages() {
        longTerm.apply(List.of(summary(user, 1, minute(2), "i1", "i2")));

        assertThat(sessions.page(user, "", 10)).singleElement().satisfies(summary -> {
            assertThat(summary.user()).isEqualTo(user);
            assertThat(summary.sessionId()).isEqualTo(SESSION);
            assertThat(summary.memoryIds()).containsExactly("memory of i1", "memory of i2");
            assertThat(summary.sources()).extracting("interactionId").containsExactly("i1", "i2");
            assertThat(summary.startedAt()).isEqualTo(START);
            assertThat(summary.endedAt()).isEqualTo(minute(2));
        });
        assertThat(sessions.page(user, SESSION, 10)).isEmpty();
        assertThat(find(Optional.of(SESSION))).contains(user);
        assertThat(find(Optional.of("another"))).doesNotContain(user);
        assertThat(longTerm.since(user, 0).memories()).isEmpty();
    }

    @Test
    void shouldHoldNothingOfASessionOfWhichNothingIsLeftUntilItGoesOn() {
        longTerm.apply(List.of(summary(user, 2, minute(9))));
        longTerm.apply(List.of(summary(user, 1, minute(1), "i1")));
        assertThat(sessions.page(user, "", 10)).isEmpty();
        assertThat(GraphDump.of(user)).isEmpty();

        longTerm.apply(List.of(summary(user, 3, minute(8), "i2")));

        assertThat(sessions.page(user, "", 10))
                .extracting(SessionSummaries.Summary::text)
                .containsExactly("told in i2");
    }

    @Test
    void shouldTakeASessionThatBeganAnewAfterNothingWasLeft() {
        var old = List.of(summary(user, 1, minute(1), "i1"), summary(user, 2, minute(2), "i1", "i2"));
        var log = new ArrayList<SpecificRecord>(old);
        log.addAll(List.of(
                erasure(user, ErasureScope.SESSION, SESSION, minute(3)),
                summary(user, 3, minute(4)),
                summary(user, 1, minute(5), "i9")));
        longTerm.apply(log);
        assertThat(sessions.page(user, "", 10))
                .extracting(SessionSummaries.Summary::text)
                .containsExactly("told in i9");

        // A sink that begins again, and what was forgotten coming last.
        longTerm.apply(log);
        longTerm.apply(old);

        assertThat(sessions.page(user, "", 10))
                .extracting(SessionSummaries.Summary::text)
                .containsExactly("told in i9");
    }

    @Test
    void shouldTellALaterSessionByItsTimeAfterAMonthOfSilence() {
        var later = summary(user, 1, START.plus(Duration.ofDays(31)), "i9");
        List<SessionSummary> both = List.of(summary(user, 5, START, "i1"), later);
        longTerm.apply(both);
        assertThat(sessions.page(user, "", 10))
                .extracting(SessionSummaries.Summary::text)
                .containsExactly("told in i9");

        longTerm.apply(both.subList(0, 1));

        assertThat(sessions.page(user, "", 10))
                .extracting(SessionSummaries.Summary::text)
                .containsExactly("told in i9");
    }

    private List<UserKey> find(Optional<String> sessionId) {
        return sessions.find(user.namespace(), sessionId, Optional.of(START), Optional.of(minute(9)), 1_000).stream()
                .map(SessionSummaries.Summary::user)
                .toList();
    }
}
