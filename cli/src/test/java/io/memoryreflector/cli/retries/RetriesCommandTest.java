package io.memoryreflector.cli.retries;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.HttpStub;
import io.memoryreflector.cli.HttpStub.Reply;
import io.memoryreflector.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands against a server that speaks the contract of the admin endpoints. */
class RetriesCommandTest {

    private static final String PAGE = """
            {"retries": [{"interaction_id": "i1", "tier": "semantic", "namespace": "default", "user_id": "ada",
              "attempts": 2, "next_attempt_at": "2026-05-02T10:01:00Z", "error": {"message": "timed out"}}],
             "total": 1, "next_cursor": null}""";

    private final HttpStub stub = HttpStub.start(request -> request.method().equals("GET")
            ? Reply.ok(request.query().contains("nobody") ? "{\"retries\":[],\"total\":0}" : PAGE)
            : Reply.accepted("{\"sent_on\":3}"));

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void shouldListWhatWaits() {
        var run = Run.of("retry", "list", "--tier", "semantic", "--user", "ada", "--limit", "5", "--url", stub.url());

        assertThat(run.exit()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).isEqualTo("""
                DUE AT                TIER      USER         INTERACTION  ATTEMPTS  ERROR
                2026-05-02T10:01:00Z  semantic  default/ada  i1           2         timed out
                1 of 1
                """);
        assertThat(stub.requests().get(0).query()).isEqualTo("tier=semantic&user_id=ada&limit=5");
        assertThat(Run.of("retry", "list", "--json", "--url", stub.url()).ndjson())
                .singleElement()
                .satisfies(retry -> assertThat(retry.path("attempts").asInt()).isEqualTo(2));
        assertThat(Run.of("retry", "list", "--user", "nobody", "--url", stub.url())
                        .out())
                .isEqualTo("Nothing waits for another attempt.\n");
    }

    @Test
    void shouldSendOnOneOrThoseThatMatch() {
        var one = Run.of("retry", "now", "i1", "--url", stub.url());
        var some = Run.of("retry", "now", "--namespace", "n", "--limit", "7", "--json", "--url", stub.url());
        var all = Run.of("retry", "now", "--all", "--url", stub.url());

        assertThat(one.out()).isEqualTo("3 sent on\n");
        assertThat(some.out()).isEqualTo("{\"sent_on\":3}\n");
        assertThat(all.exit()).isEqualTo(ExitCode.DONE);
        assertThat(stub.requests())
                .extracting(request -> request.path() + " " + request.body())
                .containsExactly(
                        "/api/v1/retries:now {\"interaction_id\":\"i1\"}",
                        "/api/v1/retries:now {\"namespace\":\"n\",\"limit\":7}",
                        "/api/v1/retries:now {\"limit\":1000}");
    }
}
