package io.memoryreflector.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Run;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports into the real service. Nothing reflects here, so that a large one takes seconds. */
class ImportIT {

    private static final int COUNT = 10_000;
    private static final int BAD_OF = 100;
    private static final int USERS = 20;
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.NEO4J, Part.INGEST));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldTakeTheGoodLinesOfALargeFileNameTheBadOnesAndChangeNothingTwice() throws IOException {
        var file = Files.write(
                folder.resolve("large.ndjson"),
                IntStream.range(0, COUNT)
                        .mapToObj(i -> i % BAD_OF == 50 ? bad(i) : line("large", i))
                        .toList());
        var rejects = folder.resolve("rejects.ndjson");

        var first = run("import", file.toString(), "--rejects", rejects.toString(), "--json");

        assertThat(first.exit()).as(first.err()).isEqualTo(ExitCode.REFUSED);
        assertThat(first.json().path("read").asInt()).isEqualTo(COUNT);
        assertThat(first.json().path("accepted").asInt()).isEqualTo(9_900);
        assertThat(first.json().path("refused").asInt()).isEqualTo(100);
        assertThat(first.json().path("refusals").valueStream().map(refusal -> refusal.path("line")
                        .asInt()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> i * BAD_OF + 51).toList());
        assertThat(Files.readAllLines(rejects)).hasSize(100).contains(bad(50), bad(150), bad(250));
        System.out.printf(
                "imported %d lines in %d ms%n",
                COUNT, first.json().path("took_ms").asLong());
        // The service tells the board a moment after its answer.
        await().atMost(SOON).untilAsserted(() -> assertThat(received("large")).isEqualTo(9_900));

        var again = run("import", file.toString(), "--json").json();

        assertThat(again.path("accepted").asInt()).isZero();
        assertThat(again.path("duplicate").asInt()).isEqualTo(9_900);
        assertThat(received("large")).isEqualTo(9_900);
    }

    @Test
    void shouldWaitForAServiceThatIsAwayAndGoOn() throws Exception {
        var array = IntStream.range(0, 100).mapToObj(i -> line("away", i)).toList();
        var file = Files.writeString(folder.resolve("away.json"), array.toString());
        var ingest = stack.process(Part.INGEST);
        ingest.kill();
        var restart = new Thread(ingest::restart);
        restart.start();

        var run = run("import", file.toString(), "--give-up-after", "2m");
        restart.join(SOON.toMillis());

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).startsWith("100 read in ");
        await().atMost(SOON).untilAsserted(() -> assertThat(received("away")).isEqualTo(100));
    }

    /** Without an id: it is made from the content. */
    private static String line(String prefix, int i) {
        return "{\"user_id\":\"" + prefix + "-" + i % USERS + "\",\"session_id\":\"s\",\"user_message\":\"Note " + i
                + "\",\"occurred_at\":\"2026-05-02T10:00:00Z\"}";
    }

    private static String bad(int i) {
        return switch (i / BAD_OF % 3) {
            case 0 -> "{\"user_message\":\"nobody said " + i + "\"}";
            case 1 -> "{\"user_id\":\"bad\",\"user_message\":\"cut off " + i;
            default -> "{\"user_id\":\"bad\",\"user_message\":\"n" + i + "\",\"occurred_at\":\"yesterday\"}";
        };
    }

    private static int received(String prefix) {
        return IntStream.range(0, USERS)
                .map(user -> {
                    var status = run("status", "--user", prefix + "-" + user, "--json");
                    assertThat(status.exit()).as(status.err()).isEqualTo(ExitCode.DONE);
                    return status.json().path("received").asInt();
                })
                .sum();
    }

    private static Run run(String... args) {
        return Run.of(Stream.concat(Stream.of(args), Stream.of("--url", stack.ingestUrl()))
                .toArray(String[]::new));
    }
}
