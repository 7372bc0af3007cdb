package io.memoryreflector.schemas.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErasuresTest {

    private static final UserKey ADA = new UserKey("default", "ada");
    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");

    private final Erasures erasures = new Erasures();

    @ParameterizedTest
    @CsvSource({
        "USER,, true",
        "SESSION, s1, true",
        "SESSION, s2, false",
        "SOURCE, rest, true",
        "SOURCE, REST, true",
        "SOURCE, import, false",
        "INTERACTION, i1, true",
        "INTERACTION, i2, false",
        "MEMORY, m1, true",
        "MEMORY, m2, false",
        "UNKNOWN, s1, false",
        "SESSION,, false"
    })
    void shouldCoverWhatItNamesUpToItsTime(ErasureScope scope, String target, boolean covered) {
        erasures.add(ADA, scope, target, AT);

        assertThat(erasures.covers(memory("s1", Set.of("i1"), AT))).isEqualTo(covered);
        assertThat(erasures.covers(memory("s1", Set.of("i1"), AT.minusMillis(1))))
                .isEqualTo(covered);
        assertThat(erasures.covers(memory("s1", Set.of("i1"), AT.plusMillis(1))))
                .isFalse();
    }

    @Test
    void shouldLeaveOtherUsersAlone() {
        erasures.add(new UserKey("default", "bob"), ErasureScope.USER, null, AT);
        erasures.add(new UserKey("other", "ada"), ErasureScope.USER, null, AT);

        assertThat(erasures.covers(memory("s1", Set.of("i1"), AT))).isFalse();
        assertThat(erasures.touches(ADA.toString())).isFalse();
    }

    @Test
    void shouldKeepTheLaterOfTwoWhicheverComesFirst() {
        erasures.add(ADA, ErasureScope.USER, null, AT);
        erasures.add(ADA, ErasureScope.USER, null, AT.minusSeconds(60));

        assertThat(erasures.covers(memory("s1", Set.of("i1"), AT))).isTrue();
        assertThat(erasures.changesSince(0, 10).users()).containsExactly(ADA.toString());
    }

    @Test
    void shouldTakeWhatRestsOnSeveralInteractionsWithTheLastOfThem() {
        var both = memory(null, Set.of("i1", "i2"), AT);
        erasures.add(ADA, ErasureScope.INTERACTION, "i1", AT);
        assertThat(erasures.covers(both)).isFalse();

        erasures.add(ADA, ErasureScope.INTERACTION, "i2", AT);

        assertThat(erasures.covers(both)).isTrue();
        assertThat(erasures.covers(memory(null, Set.of(), AT))).isFalse();
    }

    @Test
    void shouldTakeTheSameErasureOnce() {
        var told = new ArrayList<UserKey>();
        erasures.onChange(told::add);
        var event = UserForgotten.newBuilder()
                .setErasureId("e1")
                .setNamespace("default")
                .setUserId("ada")
                .setErasedAt(AT)
                .build();
        assertThat(erasures.add(event)).isTrue();

        assertThat(erasures.add(UserForgotten.newBuilder(event)
                        .setErasedAt(AT.plusSeconds(9))
                        .build()))
                .isFalse();

        assertThat(told).containsExactly(ADA);
        assertThat(erasures.find("e1")).contains(event);
        assertThat(erasures.covers(memory("s1", Set.of("i1"), AT.plusSeconds(1))))
                .isFalse();
    }

    @Test
    void shouldTellWhatChangedSinceALook() {
        erasures.add(ADA, ErasureScope.SESSION, "s1", AT);
        erasures.add(new UserKey("default", "bob"), ErasureScope.USER, null, AT);
        var first = erasures.changesSince(0, 1);

        assertThat(first.users()).containsExactly("default/ada");
        assertThat(erasures.changesSince(first.next(), 5).users()).containsExactly("default/bob");
        assertThat(erasures.changesSince(2, 5)).isEqualTo(new Erasures.Changes(java.util.List.of(), 2));
        assertThat(erasures.lastOf("default/ada")).contains(AT);
        assertThat(erasures.targets("default/ada", ErasureScope.SESSION)).containsExactly("s1");
    }

    private static Handed memory(String session, Set<String> interactions, Instant recordedAt) {
        return new Handed(ADA.toString(), session, Source.REST, interactions, "m1", recordedAt);
    }
}
