package io.memoryreflector.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        stack = LocalStack.start(EnumSet.allOf(Part.class));
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
                    .until(() -> count("killed-0", "received") > 0);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(count("killed-" + (users - 1), "received"))
                .as("killed in the middle")
                .isLessThan(each);

        var again = run("import", file.toString(), "--json");

        assertThat(again.exit()).as(again.err()).isEqualTo(ExitCode.DONE);
        assertThat(again.json().path("read").asInt()).isEqualTo(users * each);
        assertThat(again.json().path("duplicate").asInt()).isPositive();
        assertThat(again.json().path("accepted").asInt()).isPositive();
        for (var user : IntStream.range(0, users).mapToObj(i -> "killed-" + i).toList()) {
            await().atMost(REFLECTED_WITHIN).until(() -> count(user, "pending") == 0);
            assertThat(List.of(count(user, "received"), count(user, "completed")))
                    .containsOnly(each);
        }
    }

    private static int count(String user, String name) {
        return run("status", "--user", user, "--json").json().path(name).asInt();
    }

    private static Run run(String... args) {
        return Run.of(at(args));
    }

    private static String[] at(String... args) {
        return Stream.concat(Stream.of(args), Stream.of("--url", stack.ingestUrl()))
                .toArray(String[]::new);
    }
}
