package io.memoryreflector.cli.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.HttpStub;
import io.memoryreflector.cli.HttpStub.Reply;
import io.memoryreflector.cli.Run;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands against a server that speaks the contract of the admin endpoints. */
class RebuildCommandsTest {

    private static final String LINE = "{\"kind\":\"User\"}\n";

    /** Of the one line above. */
    private static final String SHA = "c4b8dd05092b5005379ab4b3ff7b29f3df3df6fe83de50d43d8723b200ee523a";

    private final AtomicInteger asked = new AtomicInteger();
    private volatile String end = "done";
    private volatile String sha = SHA;

    private final HttpStub stub = HttpStub.start(request -> {
        if (request.path().startsWith("/api/v1/dumps/")) {
            return Reply.ok(
                    LINE + (sha.isEmpty() ? "" : "{\"kind\":\"end\",\"lines\":1,\"sha256\":\"" + sha + "\"}\n"));
        }
        if (request.method().equals("POST")) {
            return Reply.accepted(state("running", "clearing", 0));
        }
        return Reply.ok(asked.incrementAndGet() < 3 ? state("running", "reading", 40) : state(end, end, 100));
    });

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void shouldFollowARebuildToItsEnd() {
        var run = Run.of("rebuild", "neo4j", "--url", stub.url());

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("rebuild id", "r1", "records read", "100");
        assertThat(stub.requests().get(0).body()).isEqualTo("{\"target\":\"neo4j\"}");
        assertThat(stub.requests()).hasSize(4);
    }

    @Test
    void shouldBuildOneStoreAfterTheOther() {
        var run = Run.of("rebuild", "all", "--url", stub.url());

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(stub.requests().stream()
                        .filter(request -> request.method().equals("POST"))
                        .map(HttpStub.Request::body))
                .containsExactly("{\"target\":\"neo4j\"}", "{\"target\":\"redis\"}");
    }

    @Test
    void shouldGoOnToNoOtherStoreAfterOneThatFailed() {
        end = "failed";

        assertThat(Run.of("rebuild", "all", "--url", stub.url()).exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(stub.requests())
                .filteredOn(request -> request.method().equals("POST"))
                .hasSize(1);
    }

    @Test
    void shouldFollowOneThatWasBegunEarlierAndSayThatItFailed() {
        end = "failed";

        var run = Run.of("rebuild", "--follow", "r1", "--json", "--url", stub.url());

        assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.json().path("state").asString()).isEqualTo("failed");
        assertThat(stub.requests()).allMatch(request -> request.method().equals("GET"));
    }

    @Test
    void shouldLeaveARebuildThatTakesTooLongToTheService() {
        end = "running";

        var run = Run.of("rebuild", "neo4j", "--wait", "1s", "--url", stub.url());

        assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).contains("it still runs: reflector rebuild --follow r1");
    }

    @Test
    void shouldNameWhatItTakes() {
        assertThat(Run.of("rebuild", "--url", stub.url()).err())
                .contains("TARGET: takes neo4j, redis or all, or --follow");
        assertThat(Run.of("rebuild", "kafka", "--url", stub.url()).exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldSayTheHashOfADumpThatCameWhole() {
        var run = Run.of("dump", "--url", stub.url());
        var lines = Run.of("dump", "--out", "-", "--url", stub.url());

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).isEqualTo(SHA + "  1 lines\n");
        assertThat(lines.out()).isEqualTo(LINE);
        assertThat(Run.of("dump", "redis", "--url", stub.url()).exit()).isEqualTo(ExitCode.DONE);
        assertThat(stub.requests().get(2).path()).isEqualTo("/api/v1/dumps/redis");
        sha = "";
        assertThat(Run.of("dump", "--url", stub.url()).exit()).isEqualTo(ExitCode.NO_ANSWER);
        sha = "0".repeat(64);
        assertThat(Run.of("dump", "--url", stub.url()).err()).contains("the dump was cut off");
    }

    private static String state(String state, String phase, int read) {
        return "{\"rebuild_id\":\"r1\",\"target\":\"neo4j\",\"state\":\"" + state + "\",\"phase\":\"" + phase
                + "\",\"records_read\":" + read + ",\"records_total\":100,\"records_refused\":0,"
                + "\"started_at\":\"2026-05-02T10:01:00Z\"}";
    }
}
