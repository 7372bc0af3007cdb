package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.status.StatusBoard;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits for another attempt, as the status store was told, and having it attempted now. */
@ExtendWith(SharedServers.class)
class RetriesIT {

    private static final Instant DUE = Instant.parse("2026-05-02T10:00:30Z");

    private static LocalStack stack;
    private static Service service;
    private static DeadLetterTopic topic;

    private final String id = UUID.randomUUID().toString();
    private final UserKey user = new UserKey("admin-test", "user / " + id);

    @BeforeAll
    static void start() {
        stack = SharedServers.steady();
        service = SharedServers.service();
        topic = new DeadLetterTopic(stack);
    }

    @AfterAll
    static void stop() {
        if (topic != null) {
            topic.close();
        }
    }

    @Test
    void shouldShowWhatWaitsEarliestDueFirst() {
        wait(id + 1, DUE.plusSeconds(60), Tier.SEMANTIC);
        wait(id + 2, DUE, Tier.EPISODIC);

        var answer = service.get("/api/v1/retries?user_id=" + encoded() + "&namespace=admin-test&limit=1");

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().path("total").asInt()).isEqualTo(2);
        assertThat(answer.json().path("complete").asBoolean()).isTrue();
        assertThat(answer.text("/retries/0/interaction_id")).isEqualTo(id + 2);
        assertThat(answer.text("/retries/0/tier")).isEqualTo("episodic");
        assertThat(answer.text("/retries/0/user_id")).isEqualTo(user.userId());
        assertThat(answer.text("/retries/0/namespace")).isEqualTo("admin-test");
        assertThat(answer.json().at("/retries/0/attempts").asInt()).isEqualTo(2);
        assertThat(answer.text("/retries/0/next_attempt_at")).isEqualTo("2026-05-02T10:00:30Z");
        assertThat(answer.text("/retries/0/error/message")).isEqualTo("Provider answered 503");
        var next =
                service.get("/api/v1/retries?user_id=" + encoded() + "&limit=1&cursor=" + answer.text("/next_cursor"));
        assertThat(next.text("/retries/0/interaction_id")).isEqualTo(id + 1);
        assertThat(next.json().path("next_cursor").isNull()).isTrue();
        assertThat(service.get("/api/v1/retries?tier=semantic&user_id=" + encoded())
                        .json()
                        .path("total")
                        .asInt())
                .isOne();
    }

    @Test
    void shouldAskForAllTiersOfOneInteraction() {
        wait(id, DUE, Tier.SEMANTIC, Tier.PROCEDURAL);
        wait(id + "other", DUE, Tier.SEMANTIC);
        var ends = topic.ends(Topics.RETRY.name());

        var answer = service.post("/api/v1/retries:now", "{\"interaction_id\": \"" + id + "\"}");

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.json().path("sent_on").asInt()).isEqualTo(2);
        var sent = topic.since(ends);
        assertThat(sent).allSatisfy(record -> {
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(user.toString());
            assertThat(record.value()).isNull();
        });
        assertThat(sent)
                .extracting(RetriesIT::now)
                .containsExactly(
                        "SEMANTIC/" + DUE.toEpochMilli() + "/" + id, "PROCEDURAL/" + DUE.toEpochMilli() + "/" + id);
    }

    @Test
    void shouldAskForTheEarliestThatMatch() {
        for (var n = 0; n < 5; n++) {
            wait(id + n, DUE.plusSeconds(n), Tier.EPISODIC, Tier.SEMANTIC);
        }
        var ends = topic.ends(Topics.RETRY.name());

        var answer = service.post(
                "/api/v1/retries:now",
                "{\"tier\": \"semantic\", \"user_id\": \"" + user.userId() + "\", \"limit\": 3}");

        assertThat(answer.json().path("sent_on").asInt()).isEqualTo(3);
        assertThat(topic.since(ends))
                .extracting(RetriesIT::now)
                .containsExactly(
                        "SEMANTIC/" + DUE.toEpochMilli() + "/" + id + 0,
                        "SEMANTIC/" + DUE.plusSeconds(1).toEpochMilli() + "/" + id + 1,
                        "SEMANTIC/" + DUE.plusSeconds(2).toEpochMilli() + "/" + id + 2);
    }

    @Test
    void shouldSendNothingForWhatDoesNotWait() {
        var ends = topic.ends(Topics.RETRY.name());

        var answer = service.post("/api/v1/retries:now", "{\"interaction_id\": \"" + id + "\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("sent_on").asInt()).isZero();
        assertThat(topic.since(ends)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"tier=all, tier", "limit=1001, limit", "cursor=never, cursor"})
    void shouldNameTheParameterThatIsWrong(String query, String field) {
        var answer = service.get("/api/v1/retries?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tier\": \"all\"} | tier",
                "{\"limit\": 10001} | limit",
                "{\"user\": \"ada\"} | user",
                "{\"interaction_id\": \"i\", \"tier\": \"semantic\"} | interaction_id"
            })
    void shouldNameTheFieldThatIsWrong(String body, String field) {
        var answer = service.post("/api/v1/retries:now", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
    }

    private void wait(String interactionId, Instant due, Tier... tiers) {
        var error = new ErrorInfo("transient", "ProviderException", "Provider answered 503", DUE);
        service.bean(StatusBoard.class)
                .apply(List.of(ReflectionStatus.newBuilder()
                        .setInteractionId(interactionId)
                        .setNamespace(user.namespace())
                        .setUserId(user.userId())
                        .setState(ReflectionState.RETRYING)
                        .setOccurredAt(DUE)
                        .setReceivedAt(DUE)
                        .setUpdatedAt(DUE)
                        .setRevision(1)
                        .setTiers(List.of(tiers).stream()
                                .map(tier -> TierStatus.newBuilder()
                                        .setTier(tier)
                                        .setState(ReflectionState.RETRYING)
                                        .setAttempts(2)
                                        .setNextAttemptAt(due)
                                        .setError(error)
                                        .setUpdatedAt(DUE)
                                        .build())
                                .toList())
                        .build()));
    }

    private String encoded() {
        return URLEncoder.encode(user.userId(), StandardCharsets.UTF_8);
    }

    private static String now(ConsumerRecord<?, ?> record) {
        return new String(record.headers().lastHeader(HeaderNames.RETRY_NOW).value(), StandardCharsets.UTF_8);
    }
}
