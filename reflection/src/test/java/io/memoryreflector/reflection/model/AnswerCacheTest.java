package io.memoryreflector.reflection.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final Finding NOTHING = Finding.withoutVectors(List.of());

    private final AnswerCache cache = new AnswerCache(100, "1");

    @Test
    void shouldForgetTheAnswersOfAUserAndOfNobodyElse() {
        var ada = cache.key(task("ada"), Tier.SEMANTIC);
        var bob = cache.key(task("bob"), Tier.SEMANTIC);
        cache.put(ada, NOTHING);
        cache.put(bob, NOTHING);

        cache.forget(new UserKey("default", "ada"));

        assertThat(cache.get(ada)).isEmpty();
        assertThat(cache.get(cache.key(task("ada"), Tier.SEMANTIC))).isEmpty();
        assertThat(cache.get(bob)).contains(NOTHING);
    }

    @Test
    void shouldNotKeepAnAnswerThatWasOnItsWay() {
        var asked = cache.key(task("ada"), Tier.SEMANTIC);
        cache.forget(new UserKey("default", "ada"));

        cache.put(asked, NOTHING);
        cache.put(asked.in(Tier.EPISODIC), NOTHING);

        assertThat(cache.get(asked)).isEmpty();
        var again = cache.key(task("ada"), Tier.SEMANTIC);
        cache.put(again, NOTHING);
        assertThat(cache.get(again)).contains(NOTHING);
    }

    private static ReflectionTask task(String user) {
        return ReflectionTask.newBuilder()
                .setInteractionId("i1")
                .setNamespace("default")
                .setUserId(user)
                .setTier(Tier.SEMANTIC)
                .setOccurredAt(AT)
                .setRecordedAt(AT)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId("m1")
                        .setRole(Role.USER)
                        .setContent("I moved")
                        .setSentAt(AT)
                        .build()))
                .build();
    }
}
