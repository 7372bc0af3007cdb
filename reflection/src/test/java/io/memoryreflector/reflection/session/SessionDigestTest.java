package io.memoryreflector.reflection.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionDigestTest {

    private static final List<SessionLine> SESSION = List.of(
            line(1, Tier.EPISODIC, "User: \"We are planning the trip to Lisbon in spring.\""),
            line(2, Tier.SEMANTIC, "User is planning a trip to Lisbon."),
            line(3, Tier.EPISODIC, "User: \"Hello there!\""),
            line(4, Tier.EPISODIC, "User: \"The Lisbon trip needs a hotel near the river.\""),
            line(5, Tier.PROCEDURAL, "Always answer in short bullet points"),
            line(6, Tier.SEMANTIC, "user is planning a trip to lisbon."),
            line(7, Tier.EPISODIC, "User: \"My spring trip, the hotel and the river walk are booked.\""));

    @Test
    void shouldTellWhatWasLearntOnceAndInOrder() {
        var digest = SessionDigest.of(SESSION);

        assertThat(digest.text()).containsOnlyOnce("planning a trip to Lisbon.");
        assertThat(digest.chosen()).contains("m2", "m5").doesNotContain("m6").isSorted();
    }

    @Test
    void shouldPreferTurnsThatShareWordsWithOthers() {
        var chosen = SessionDigest.of(SESSION).chosen();

        assertThat(chosen.indexOf("m7")).isNotNegative();
        var first = SessionDigest.of(SESSION.subList(0, 4)).chosen();
        assertThat(first).contains("m1", "m4");
    }

    @Test
    void shouldBeTheSameInWhateverOrderTheLinesCome() {
        var expected = SessionDigest.of(SESSION);
        for (int seed = 0; seed < 50; seed++) {
            var shuffled = new ArrayList<>(SESSION);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(SessionDigest.of(shuffled)).isEqualTo(expected);
        }
    }

    @Test
    void shouldStayShortWhateverIsSaid() {
        var lines = new ArrayList<SessionLine>();
        for (int i = 0; i < 500; i++) {
            lines.add(line(i, Tier.EPISODIC, "word" + i + " 🌍".repeat(500)));
            lines.add(line(1_000 + i, Tier.SEMANTIC, "User likes thing " + i + "."));
        }

        var digest = SessionDigest.of(lines);

        assertThat(digest.chosen()).hasSize(14);
        assertThat(digest.text().length()).isLessThan(14 * 202);
    }

    @Test
    void shouldChooseAsManyLinesAsAreAskedForOfBothKinds() {
        assertThat(SessionDigest.most(SESSION, 7)).isEqualTo(SESSION);

        var most = SessionDigest.most(SESSION, 4);

        assertThat(most).hasSize(4).isSortedAccordingTo(Comparator.comparing(SessionLine::occurredAt));
        assertThat(most).filteredOn(line -> line.tier() == Tier.EPISODIC).hasSize(2);
    }

    @Test
    void shouldSayNothingOfNothing() {
        assertThat(SessionDigest.of(List.of())).isEqualTo(new SessionDigest("", List.of()));
    }

    private static SessionLine line(int number, Tier tier, String text) {
        return new SessionLine("m" + number, tier, text, 0.5, Instant.ofEpochSecond(number), List.of());
    }
}
