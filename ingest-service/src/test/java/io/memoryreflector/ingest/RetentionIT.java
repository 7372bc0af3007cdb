package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.retention.Cleanup;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.retention.CleaningLease;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The scheduled job of two instances over real servers, and what callers see of it. */
@ExtendWith(SharedServers.class)
class RetentionIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant LONG_AGO =
            Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MILLIS);
    private static final String KEEPING = "keeping";
    private static final String CLEANED = "cleaned";

    private static LocalStack stack;
    private static Service one;
    private static Service other;

    @BeforeAll
    static void start() {
        stack = SharedServers.steady();
        var settings = Map.of(
                "NEO4J_TIMEOUT", "30s",
                "RETENTION_EVERY", "1s",
                "RETENTION_INTERACTIONS", "24h",
                "RETENTION_NAMESPACES", KEEPING + ":interactions=30d");
        one = Service.start(stack, settings);
        one.bean(LongTermMemory.class).migrate();
        other = Service.start(stack, settings);
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
    }

    @Test
    void shouldCleanWhatWasSaidByItselfAndTellWhereAMemoryCameFrom() {
        var user = newUser(CLEANED);
        var memory = hears(user, "i1");

        var source = awaitCleaned(memory);

        assertThat(source.path("interaction_id").asString()).isEqualTo("i1");
        assertThat(source.path("message_id").asString()).isEqualTo("i1:0");
        var tree = one.get("/api/memory/" + CLEANED + "/hierarchy?memory_type=raw&limit=1000")
                .json();
        assertThat(tree.path("hierarchy"))
                .filteredOn(session -> session.path("user_id").asString().equals(user.userId()))
                .singleElement()
                .satisfies(session -> {
                    assertThat(session.at("/raw_memories/0/raw_memory_id").asString())
                            .isEqualTo("i1");
                    assertThat(session.at("/raw_memories/0/cleaned_at").asString())
                            .isNotEmpty();
                    assertThat(session.at("/raw_memories/0/messages/0/content").asString("none"))
                            .isEmpty();
                });
        var lines = export(user);
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.path("type").asString()).isEqualTo("interaction");
            assertThat(line.path("cleaned_at").asString()).isNotEmpty();
            assertThat(line.at("/messages/0/message_id").asString()).isEqualTo("i1:0");
            assertThat(line.at("/messages/0/content").isMissingNode()).isTrue();
        });
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.path("type").asString()).isEqualTo("session_summary");
            assertThat(line.path("text").asString()).isEqualTo("the session");
            assertThat(line.at("/memory_ids/0").asString()).isEqualTo(memory);
        });
        assertThat(cleanedOf(one) + cleanedOf(other)).isPositive();
    }

    @Test
    void shouldKeepLongerInANamespaceThatSaysSoUntilSomebodyAsks() {
        var keeping = hears(newUser(KEEPING), "i2");
        awaitCleaned(hears(newUser(CLEANED), "i3"));

        assertThat(source(keeping).path("cleaned_at").isMissingNode()).isTrue();

        await().atMost(SOON).ignoreException(RequestProblem.class).untilAsserted(() -> assertThat(
                        one.bean(Cleanup.class).run(KEEPING, 1).isComplete())
                .isTrue());
        assertThat(source(keeping).path("cleaned_at").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -30, 36_501})
    void shouldNotTakeDaysThatCannotBe(int days) {
        assertThatThrownBy(() -> one.bean(Cleanup.class).run(CLEANED, days))
                .isInstanceOf(RequestProblem.class)
                .hasMessage("retention_days: got " + days + ", takes 1 to 36500");
    }

    @Test
    void shouldAskToComeBackWhileAnotherCleanupIsUnderWay() {
        var lease = one.bean(CleaningLease.class);

        await().atMost(SOON).until(() -> lease.during(SOON, () -> {
                    assertThatThrownBy(() -> other.bean(Cleanup.class).run(CLEANED, 30))
                            .isInstanceOfSatisfying(RequestProblem.class, problem -> assertThat(
                                            problem.status().value())
                                    .isEqualTo(409));
                    return true;
                })
                .isPresent());
    }

    /** Has an interaction, what was learnt from it and its session in the graph; gives the memory's id. */
    private static String hears(UserKey user, String interactionId) {
        var source = List.of(new SourceRef(interactionId, interactionId + ":0"));
        var reflector = new ReflectorVersion("test", "1", null);
        var episode = Episode.newBuilder()
                .setMemoryId(UUID.randomUUID().toString())
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId("s1")
                .setOccurredAt(LONG_AGO)
                .setRecordedAt(LONG_AGO)
                .setSources(source)
                .setReflector(reflector)
                .setSummary("a summary")
                .build();
        var interaction = Interaction.newBuilder()
                .setInteractionId(interactionId)
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId("s1")
                .setReceivedAt(LONG_AGO)
                .setOccurredAt(LONG_AGO)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId(interactionId + ":0")
                        .setRole(Role.USER)
                        .setContent("said in " + interactionId)
                        .setSentAt(LONG_AGO)
                        .build()))
                .build();
        var summary = SessionSummary.newBuilder()
                .setMemoryId(UUID.randomUUID().toString())
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId("s1")
                .setOccurredAt(LONG_AGO)
                .setRecordedAt(LONG_AGO)
                .setSources(source)
                .setReflector(reflector)
                .setSummary("the session")
                .setStartedAt(LONG_AGO)
                .setEndedAt(LONG_AGO)
                .setMemoryIds(List.of(episode.getMemoryId()))
                .setRevision(1)
                .build();
        one.bean(LongTermMemory.class).apply(List.of(interaction, episode, summary));
        return episode.getMemoryId();
    }

    private static JsonNode awaitCleaned(String memoryId) {
        // The first run of a service begins a second after its start.
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        source(memoryId).path("cleaned_at").asString(""))
                .isNotEmpty());
        return source(memoryId);
    }

    private static JsonNode source(String memoryId) {
        return one.get("/api/v1/memories/" + memoryId).json().at("/sources/0");
    }

    private static List<JsonNode> export(UserKey user) {
        return one.get("/api/v1/users/" + user.userId() + "/export?namespace=" + user.namespace())
                .response()
                .body()
                .lines()
                .map(Service.JSON::readTree)
                .toList();
    }

    private static double cleanedOf(Service service) {
        return service.get("/actuator/prometheus")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith("reflector_retention_total{") && line.contains("interactions"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static UserKey newUser(String namespace) {
        return new UserKey(namespace, "said-" + UUID.randomUUID());
    }
}
