package io.memoryreflector.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against the whole system: what is sent is reflected and recalled. */
class ReflectorIT {

    private static final Duration REFLECTED_WITHIN = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(Part.whole());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldSendFollowAndRecall() {
        var sent = run("send", "--user", "ada", "--session", "s1", "--id", "it-1", "I moved to Lisbon last week.");
        assertThat(sent.exit()).as(sent.err()).isEqualTo(ExitCode.DONE);
        assertThat(sent.out()).containsPattern("status +queued_reflection\n").containsPattern("interaction +it-1\n");
        var piped =
                Run.reading("My dog is called Biscuit.\n", at("send", "--user", "ada", "--session", "s1", "--json"));
        assertThat(piped.json().path("status").asString()).isEqualTo("queued_reflection");

        await().atMost(REFLECTED_WITHIN).untilAsserted(() -> {
            var status = run("status", "--user", "ada", "--json").json();
            assertThat(status.path("pending").asInt()).isZero();
            assertThat(status.path("completed").asInt()).isEqualTo(2);
        });
        assertThat(run("status", "--user", "ada").out())
                .containsPattern("received +2\n")
                .containsPattern("pending +0\n");
        assertThat(run("status", "--interaction", "it-1").out())
                .containsPattern("status +completed\n")
                .containsPattern("semantic +completed +1");

        var recalled = run("recall", "--user", "ada", "--limit", "3", "Where do I live?");
        assertThat(recalled.out()).startsWith("SCORE").contains("Lisbon", "it-1:0", "LAST TURNS");
        var semantic = run("recall", "--user", "ada", "--tiers", "semantic", "--json", "What is my dog called?");
        assertThat(semantic.json().path("items").valueStream())
                .isNotEmpty()
                .allMatch(item -> item.path("tier").asString().equals("semantic"));
        assertThat(run("recall", "--user", "ada", "--as-of", "2020-01-01T00:00:00Z", "--json", "Where?")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void shouldShowHealthAndRefusals() {
        assertThat(run("status").out()).containsPattern("service +UP").containsPattern("kafka +UP");
        assertThat(run("status", "--json").json().path("status").asString()).isEqualTo("UP");

        var unknown = run("status", "--interaction", "never-sent");
        assertThat(unknown.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(unknown.err()).contains("(404)", "never-sent").hasLineCount(1);
        var wrong = run("recall", "--user", "ada", "--limit", "1000", "Where?");
        assertThat(wrong.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(wrong.err()).contains("limit: got '1000', takes a whole number from 1 to 100");
        var blank = run("send", "--user", "x".repeat(300), " ");
        assertThat(blank.err()).contains("\n  user_id: ").contains("\n  messages[0].content: is blank");
    }

    @Test
    void shouldChangeNothingTwiceWhenAnImportIsKilledAndRunAgain() throws Exception {
        var users = 10;
        var each = 50;
        var file = Files.write(
                folder.resolve("killed.ndjson"),
                IntStream.range(0, users * each)
                        .mapToObj(i -> "{\"user_id\":\"killed-" + i % users + "\",\"user_message\":\"I saw film number "
                                + i + ".\"}")
                        .toList());
        var process = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Main.class.getName()),
                                Arrays.stream(at("import", file.toString(), "--batch-size", "2", "--concurrency", "1")))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(10))
                    .untilAsserted(() -> assertThat(received("killed-0")).isPositive());
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(received("killed-" + (users - 1))).as("killed in the middle").isLessThan(each);

        var again = run("import", file.toString(), "--json");

        assertThat(again.exit()).as(again.err()).isEqualTo(ExitCode.DONE);
        assertThat(again.json().path("read").asInt()).isEqualTo(users * each);
        assertThat(again.json().path("duplicate").asInt()).isPositive();
        assertThat(again.json().path("accepted").asInt()).isPositive();
        for (var user : IntStream.range(0, users).mapToObj(i -> "killed-" + i).toList()) {
            await().atMost(REFLECTED_WITHIN).untilAsserted(() -> assertThat(run("status", "--user", user))
                    .satisfies(
                            status -> assertThat(status.exit()).as(status.err()).isEqualTo(ExitCode.DONE))
                    .satisfies(status -> assertThat(status.out())
                            .containsPattern("received +" + each + "\n")
                            .containsPattern("completed +" + each + "\n")
                            .containsPattern("pending +0\n")));
        }
    }

    @Test
    void shouldShowReplayAndDiscardWhatCannotBeRead() throws Exception {
        var config = Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("memory.interactions", "default/poison", "{\"no\": \"Avro\"}"))
                    .get(10, TimeUnit.SECONDS);
        }
        var id = await().atMost(REFLECTED_WITHIN).until(ReflectorIT::poisonOfStreams, found -> !found.isEmpty());
        assertThat(run("dead-letters", "show", id).out())
                .containsPattern("user +default/poison\n")
                .contains("cannot be read: ");

        var replayed = run("dead-letters", "replay", id, "--json");
        assertThat(replayed.exit()).as(replayed.err()).isEqualTo(ExitCode.DONE);
        assertThat(replayed.json().path("sent").asInt()).isEqualTo(1);
        await().atMost(REFLECTED_WITHIN)
                .until(() -> run("dead-letters", "show", id, "--json")
                                .json()
                                .path("times_parked")
                                .asInt()
                        == 2);

        var unsure = run("dead-letters", "discard", "--user", "poison");
        assertThat(unsure.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(unsure.out()).contains(" match. The first of them:", "streams-reflector");
        var discarded = run("dead-letters", "discard", "--user", "poison", "--yes", "--reason", "a test", "--json");
        assertThat(discarded.exit()).as(discarded.err()).isEqualTo(ExitCode.DONE);
        assertThat(run("dead-letters", "list", "--state", "discarded", "--json").ndjson())
                .anyMatch(letter -> letter.path("id").asString().equals(id));
        assertThat(run("dead-letters", "discard", "never-parked").exit()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void shouldLookAtWhatWaitsForAnotherAttempt() {
        assertThat(run("retry", "list").out()).isEqualTo("Nothing waits for another attempt.\n");
        assertThat(run("retry", "now", "--tier", "semantic").out()).isEqualTo("0 sent on\n");
        var wrong = run("retry", "list", "--tier", "memory");
        assertThat(wrong.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(wrong.err()).contains("tier: got 'memory', takes episodic, semantic");
    }

    private static String poisonOfStreams() {
        return run("dead-letters", "list", "--user", "poison", "--json").ndjson().stream()
                .filter(letter -> letter.path("component").asString().equals("streams-reflector"))
                .map(letter -> letter.path("id").asString())
                .findFirst()
                .orElse("");
    }

    private static int received(String user) {
        var status = run("status", "--user", user, "--json");
        assertThat(status.exit()).as(status.err()).isEqualTo(ExitCode.DONE);
        return status.json().path("received").asInt();
    }

    private static Run run(String... args) {
        return Run.of(at(args));
    }

    private static String[] at(String... args) {
        return Stream.concat(Stream.of(args), Stream.of("--url", stack.ingestUrl()))
                .toArray(String[]::new);
    }
}
