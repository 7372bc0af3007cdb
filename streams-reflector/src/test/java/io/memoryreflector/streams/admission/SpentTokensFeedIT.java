package io.memoryreflector.streams.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Shadow;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.TopicCatalogue;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.streams.SharedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was spent is on the log, so a reflector that starts again knows it. */
@ExtendWith(SharedServers.class)
class SpentTokensFeedIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-05-02T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-05-02");

    private static Map<String, Object> kafka;
    private static EventSerdes serdes;

    @BeforeAll
    static void connect() {
        kafka = SharedServers.kafka();
        serdes = SharedServers.serdes();
    }

    @Test
    void shouldAddUpWhatEachNamespaceHasTakenTodayAndGoOn() throws Exception {
        spend("acme", NOON.minus(Duration.ofDays(1)), 1_000);
        spend("acme", NOON, 20);
        spend("other", NOON, 7);
        sendPoison();
        spend("acme", NOON, 3);
        var spent = new SpentTokens(new SimpleMeterRegistry(), Clock.fixed(NOON, ZoneOffset.UTC));

        try (var feed = SpentTokensFeed.ofToday(kafka, serdes, spent, Clock.fixed(NOON, ZoneOffset.UTC))) {
            assertThat(feed.isCaughtUp()).isFalse();
            feed.start();
            await().atMost(TIMEOUT).until(feed::isCaughtUp);
            assertThat(spent.on(TODAY, "acme")).isEqualTo(23);
            assertThat(spent.on(TODAY, "other")).isEqualTo(7);

            spend("acme", NOON, 2);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(spent.on(TODAY, "acme")).isEqualTo(25));
        }
    }

    @Test
    void shouldKnowAfterAStartWhatAShadowHasTakenInAllItsTimeAndHaveItWaitThen() throws Exception {
        var shadow = new Shadow("spent");
        try (var admin = Admin.create(kafka)) {
            new TopicCatalogue(admin, Topics.DEFAULT_PARTITIONS, TIMEOUT).ensure(shadow.topics());
        }
        spend(shadow.of(Topics.OUTCOMES), "acme", NOON.minus(Duration.ofDays(30)), 900);
        var metrics = new SimpleMeterRegistry();
        var total = new TotalBudget(1_000, metrics);
        var spent = new SpentTokens(metrics, Clock.fixed(NOON, ZoneOffset.UTC));
        var admission = total.before(Admission.UNLIMITED);

        try (var feed = SpentTokensFeed.ofShadow(kafka, serdes, shadow, spent, total)) {
            feed.start();
            await().atMost(TIMEOUT).until(feed::isCaughtUp);
            assertThat(admission.ask("acme", 50, 0)).isInstanceOf(Admission.Granted.class);

            spend(shadow.of(Topics.OUTCOMES), "other", NOON, 100);
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(admission.ask("acme", 50, 0))
                    .isInstanceOf(Admission.Later.class));
            assertThat(metrics.get("reflector.shadow.spent.tokens").gauge().value())
                    .isEqualTo(1_000);
        }
    }

    private static void spend(String namespace, Instant at, long tokens) throws Exception {
        spend(Topics.OUTCOMES, namespace, at, tokens);
    }

    private static void spend(Topic outcomes, String namespace, Instant at, long tokens) throws Exception {
        var outcome = ReflectionOutcome.newBuilder()
                .setInteractionId("i")
                .setNamespace(namespace)
                .setUserId("ada")
                .setOccurredAt(at)
                .setReceivedAt(at)
                .setTier(TierStatus.newBuilder()
                        .setTier(Tier.SEMANTIC)
                        .setState(ReflectionState.COMPLETED)
                        .setInputTokens(tokens - 1)
                        .setOutputTokens(1)
                        .setUpdatedAt(at)
                        .build())
                .build();
        try (var producer =
                new KafkaProducer<>(kafka, new StringSerializer(), serdes.<ReflectionOutcome>serializer())) {
            producer.send(new ProducerRecord<>(outcomes.name(), null, at.toEpochMilli(), namespace + "/ada", outcome))
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static void sendPoison() throws Exception {
        try (var producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.OUTCOMES.name(),
                            null,
                            NOON.toEpochMilli(),
                            "acme/ada",
                            "no outcome".getBytes(StandardCharsets.UTF_8)))
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
