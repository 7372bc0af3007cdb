package io.memoryreflector.ingest.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Source;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Erasures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class ForgottenLettersTest {

    private static final UserKey ADA = new UserKey("default", "ada");
    private static final Instant ERASED = Instant.parse("2026-05-02T10:00:00Z");
    private static final Instant BEFORE = ERASED.minusSeconds(60);
    private static final Instant AFTER = ERASED.plusSeconds(60);

    private final Erasures erasures = new Erasures();
    private final List<SourceRecord> asked = new ArrayList<>();
    private Optional<Instant> handedAt = Optional.of(AFTER);

    private final ForgottenLetters forgotten = new ForgottenLetters(erasures, source -> {
        asked.add(source);
        return handedAt;
    });

    @Test
    void shouldGoByTheTimeThatTheRecordTells() {
        erasures.add(ADA, ErasureScope.USER, null, ERASED);

        assertThat(forgotten.test(letter("ada", AFTER, new Handover(null, Source.REST, BEFORE))))
                .isTrue();
        assertThat(forgotten.test(letter("ada", AFTER, new Handover(null, Source.REST, AFTER))))
                .isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldAskTheSourceAboutPoisonThatWasParkedAfterTheErasure() {
        assertThat(forgotten.test(letter("ada", AFTER, Handover.UNKNOWN))).isFalse();
        erasures.add(ADA, ErasureScope.USER, null, ERASED);

        assertThat(forgotten.test(letter("ada", BEFORE, Handover.UNKNOWN))).isTrue();
        assertThat(asked).isEmpty();
        assertThat(forgotten.test(letter("ada", AFTER, Handover.UNKNOWN))).isFalse();
        handedAt = Optional.of(BEFORE);
        assertThat(forgotten.test(letter("ada", AFTER, Handover.UNKNOWN))).isTrue();
        handedAt = Optional.empty();
        assertThat(forgotten.test(letter("ada", AFTER, Handover.UNKNOWN))).isTrue();
        assertThat(asked).hasSize(3);
    }

    @Test
    void shouldRatherLeaveOutALetterThanShowAForgottenOne() {
        erasures.add(ADA, ErasureScope.USER, null, ERASED);
        var unsure = new ForgottenLetters(erasures, source -> {
            throw new KafkaException("away");
        });

        assertThat(unsure.test(letter("ada", AFTER, Handover.UNKNOWN))).isTrue();
    }

    @Test
    void shouldLeaveOthersAndOtherPartsAlone() {
        erasures.add(ADA, ErasureScope.SESSION, "s1", ERASED);
        erasures.add(ADA, ErasureScope.INTERACTION, "i", ERASED.minusSeconds(30));

        assertThat(forgotten.test(letter("bob", BEFORE, Handover.UNKNOWN))).isFalse();
        assertThat(forgotten.test(letter(null, BEFORE, Handover.UNKNOWN))).isFalse();
        assertThat(forgotten.test(letter("ada", AFTER, new Handover("s2", Source.REST, ERASED))))
                .isFalse();
        assertThat(forgotten.test(letter("ada", AFTER, new Handover("s1", Source.REST, ERASED))))
                .isTrue();
        assertThat(forgotten.test(letter("ada", AFTER, new Handover("s2", Source.REST, BEFORE))))
                .isTrue();
    }

    private static Heading letter(String user, Instant parkedAt, Handover handover) {
        return new Heading(
                "id",
                new Place(0, 1, parkedAt),
                new SourceRecord("memory.interactions", 0, 7),
                new Subject(null, user == null ? null : "default", user, "i"),
                new Failure("poison", "poison", "E", null, 0, parkedAt, parkedAt),
                "streams-reflector",
                handover);
    }
}
