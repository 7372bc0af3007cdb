package io.memoryreflector.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.HttpStub;
import io.memoryreflector.cli.HttpStub.Reply;
import io.memoryreflector.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports against a server that speaks the contract and can be made to fail. */
class ImportCommandTest {

    @TempDir
    private Path folder;

    private final BatchEndpoint endpoint = new BatchEndpoint();

    @Test
    void shouldKeepEachUsersOrderWhateverRunsAtOnce() {
        var file = IntStream.range(0, 3_000)
                .mapToObj(i -> "{\"user_id\":\"u" + i % 17 + "\",\"user_message\":\"" + i + "\"}")
                .collect(Collectors.joining("\n"));
        try (var stub = HttpStub.start(endpoint)) {
            var run = Run.reading(file, "import", "-", "--url", stub.url(), "--concurrency", "8", "--batch-size", "50");

            assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
        }
        assertThat(endpoint.log()).hasSize(3_000);
        assertThat(endpoint.sizes()).allMatch(size -> size <= 50);
        var byUser = endpoint.log().stream()
                .collect(Collectors.groupingBy(
                        line -> line.path("user_id").asString(),
                        Collectors.mapping(
                                line -> Integer.parseInt(
                                        line.path("user_message").asString()),
                                Collectors.toList())));
        assertThat(byUser).hasSize(17).allSatisfy((user, order) -> assertThat(order)
                .isSorted());
    }

    @Test
    void shouldNameWhatIsRefusedAndKeepItAsItStands() throws IOException {
        var rejects = folder.resolve("rejects.ndjson");
        var file = "{\"user_id\":\"a\"}\n{ \"no\" : \"user\" }\n{broken\n{\"user_id\":\"b\"}\n";
        try (var stub = HttpStub.start(endpoint)) {
            var run = Run.reading(file, "import", "-", "--rejects", rejects.toString(), "--url", stub.url());

            assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
            assertThat(run.out())
                    .startsWith("4 read in ")
                    .containsPattern("accepted +2\n")
                    .containsPattern("refused +2\n")
                    .contains("  line 2: user_id: is missing\n", "  line 3: is not JSON: ");

            var json = Run.reading(file, "import", "-", "--json", "--url", stub.url())
                    .json();
            assertThat(json.path("duplicate").asInt()).isEqualTo(2);
            assertThat(json.path("refused").asInt()).isEqualTo(2);
            assertThat(json.at("/refusals/0/line").asInt()).isEqualTo(2);
            assertThat(json.at("/refusals/0/status").asInt()).isEqualTo(422);
        }
        assertThat(Files.readAllLines(rejects)).containsExactlyInAnyOrder("{ \"no\" : \"user\" }", "{broken");
    }

    @Test
    void shouldSendAgainWhatPasses() {
        var calls = new AtomicInteger();
        try (var stub = HttpStub.start(request ->
                calls.incrementAndGet() <= 2 ? Reply.problem(503, "Kafka is away") : endpoint.answer(request))) {
            var run = Run.reading("{\"user_id\":\"a\"}\n", "import", "-", "--url", stub.url());

            assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
            assertThat(run.out()).containsPattern("accepted +1\n");
        }
        assertThat(calls).hasValue(3);
    }

    @Test
    void shouldSendAgainOnlyTheItemsThatPass() {
        var calls = new AtomicInteger();
        var halfIn = "{\"items\":[{\"index\":0,\"code\":202,\"answer\":{\"status\":\"spooled\"}},"
                + "{\"index\":1,\"code\":503,\"problem\":{\"status\":503,\"detail\":\"Kafka is away\"}}]}";
        try (var stub = HttpStub.start(request -> {
            var lines = request.body().lines().count();
            return lines == 2 && calls.getAndIncrement() == 0
                    ? new Reply(207, halfIn, Map.of("Retry-After", "0"))
                    : endpoint.answer(request);
        })) {
            // A first line to open the connection, so that the two behind it are likely to go together.
            var run = Run.reading(
                    "{\"user_id\":\"a\",\"interaction_id\":\"1\"}\n{\"user_id\":\"a\",\"interaction_id\":\"2\"}\n"
                            + "{\"user_id\":\"a\",\"interaction_id\":\"3\"}\n",
                    "import",
                    "-",
                    "--url",
                    stub.url(),
                    "--json");

            assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
            var json = run.json();
            assertThat(json.path("accepted").asInt() + json.path("spooled").asInt())
                    .isEqualTo(3);
            assertThat(json.path("duplicate").asInt()).isZero();
        }
    }

    @Test
    void shouldGiveUpAfterAWhileSayHowToGoOnAndEndWithThree() {
        var run = Run.reading(
                "{\"user_id\":\"a\"}\n", "import", "-", "--give-up-after", "300ms", "--url", "http://127.0.0.1:1");

        assertThat(run.exit()).isEqualTo(ExitCode.NO_ANSWER);
        assertThat(run.out()).startsWith("0 read in ");
        assertThat(run.err())
                .contains("Run the same command again", "gave up after", "does not answer")
                .hasLineCount(2);
    }

    @Test
    void shouldDivideWhatIsTooLargeTogether() {
        try (var stub = HttpStub.start(request -> {
            var lines = request.body().lines().count();
            return lines > 3 || request.body().contains("huge")
                    ? Reply.problem(413, "too large")
                    : endpoint.answer(request);
        })) {
            var file = IntStream.range(0, 40)
                    .mapToObj(i -> "{\"user_id\":\"u\",\"user_message\":\"" + (i == 20 ? "huge" : i) + "\"}")
                    .collect(Collectors.joining("\n"));
            var run = Run.reading(file, "import", "-", "--url", stub.url(), "--json");

            assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
            assertThat(run.json().path("accepted").asInt()).isEqualTo(39);
            assertThat(run.json().at("/refusals/0/line").asInt()).isEqualTo(21);
        }
    }

    @Test
    void shouldEndAtOnceWhereTheAskingIsRefused() {
        try (var stub = HttpStub.start(request -> Reply.problem(404, "no such thing"))) {
            var run = Run.reading("{\"user_id\":\"a\"}\n".repeat(5_000), "import", "-", "--url", stub.url());

            assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
            assertThat(run.err()).contains("refused (404): no such thing");
            assertThat(stub.requests()).hasSizeLessThan(10);
        }
    }

    @Test
    void shouldNotMistakeAnotherServiceForOurs() {
        try (var stub = HttpStub.start(request -> Reply.ok("{\"hello\":1}"))) {
            var run = Run.reading("{\"user_id\":\"a\"}\n", "import", "-", "--url", stub.url());

            assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
            assertThat(run.err()).contains("is this address ingest-service's?");
        }
    }

    @Test
    void shouldNotOverwriteTheFileThatItReads() throws IOException {
        var file = Files.writeString(folder.resolve("in.ndjson"), "{\"user_id\":\"a\"}\n");
        var run = Run.of("import", file.toString(), "--rejects", file.toString());

        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(file).hasContent("{\"user_id\":\"a\"}\n");
    }

    @Test
    void shouldNameOnlyTheFirstOfManyRefusals() {
        try (var stub = HttpStub.start(endpoint)) {
            var run = Run.reading("{}\n".repeat(500), "import", "-", "--url", stub.url(), "--json");

            assertThat(run.json().path("refused").asInt()).isEqualTo(500);
            assertThat(run.json().path("refusals")).hasSize(Tally.MAX_NAMED);
            assertThat(run.json().at("/refusals/99/line").asInt()).isEqualTo(100);
            assertThat(run.json().path("refusals_left_out").asInt()).isEqualTo(400);
        }
    }
}
