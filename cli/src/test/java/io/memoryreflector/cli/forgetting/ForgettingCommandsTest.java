package io.memoryreflector.cli.forgetting;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.HttpStub;
import io.memoryreflector.cli.HttpStub.Reply;
import io.memoryreflector.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgettingCommandsTest {

    private static final String LINES = """
            {"type":"interaction","interaction_id":"i1"}
            {"type":"end","counts":{"interaction":1}}
            """;

    private String exported = LINES;
    private final HttpStub stub = HttpStub.start(request -> request.method().equals("DELETE")
            ? Reply.accepted("{\"status\":\"forgetting\",\"erasure_id\":\"e1\",\"erased_at\":\"2026-05-02T10:00:00Z\"}")
            : request.path().contains("nobody") ? Reply.problem(503, "away") : Reply.ok(exported));

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void shouldForgetAllOrAPart() {
        var all = Run.of("forget", "ada / 1", "--namespace", "n", "--reason", "asked", "--yes", "--url", stub.url());
        Run.of("forget", "ada", "--session", "s/1", "--yes", "--url", stub.url());
        Run.of("forget", "ada", "--source", "import", "--yes", "--url", stub.url());
        Run.of("forget", "ada", "--interaction", "i1", "--yes", "--url", stub.url());
        var json = Run.of("forget", "ada", "--memory", "m1", "--yes", "--json", "--url", stub.url());

        assertThat(all.exit()).isEqualTo(ExitCode.DONE);
        assertThat(all.out()).isEqualTo("Forgetting everything of ada / 1 up to 2026-05-02T10:00:00Z (e1).\n");
        assertThat(json.json().path("erasure_id").asString()).isEqualTo("e1");
        assertThat(stub.requests())
                .extracting(request -> request.method() + " " + request.path() + "?" + request.query())
                .containsExactly(
                        "DELETE /api/v1/users/ada%20%2F%201?namespace=n&reason=asked",
                        "DELETE /api/v1/users/ada/sessions/s%2F1?",
                        "DELETE /api/v1/users/ada/sources/import?",
                        "DELETE /api/v1/interactions/i1?user_id=ada",
                        "DELETE /api/v1/memories/m1?");
    }

    @Test
    void shouldAskFirst() {
        assertThat(Run.of("forget", "ada", "--url", stub.url()).exit()).isEqualTo(ExitCode.USAGE);
        assertThat(Run.at("n\n", "forget", "ada", "--url", stub.url()).exit()).isEqualTo(ExitCode.USAGE);
        assertThat(stub.requests()).isEmpty();

        assertThat(Run.at("y\n", "forget", "ada", "--url", stub.url()).exit()).isEqualTo(ExitCode.DONE);
        assertThat(Run.of("forget", "ada", "--session", "s", "--memory", "m", "--yes", "--url", stub.url())
                        .exit())
                .isEqualTo(ExitCode.USAGE);
        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void shouldExportToStandardOutputOrAFile(@TempDir Path folder) throws IOException {
        var file = folder.resolve("ada.ndjson");

        var shown = Run.of("export", "ada", "--namespace", "n", "--url", stub.url());
        var kept = Run.of("export", "ada", "--out", file.toString(), "--url", stub.url());

        assertThat(shown.exit()).isEqualTo(ExitCode.DONE);
        assertThat(shown.out()).isEqualTo(LINES);
        assertThat(kept.out()).isEqualTo("{\"type\":\"end\",\"counts\":{\"interaction\":1}}\n");
        assertThat(Files.readString(file)).isEqualTo(LINES);
        assertThat(stub.requests().get(0).path() + "?" + stub.requests().get(0).query())
                .isEqualTo("/api/v1/users/ada/export?namespace=n");
    }

    @Test
    void shouldFailWhereTheExportWasCutOff() {
        exported = LINES.lines().findFirst().orElseThrow();
        var cut = Run.of("export", "ada", "--url", stub.url());
        var away = Run.of("export", "nobody", "--url", stub.url());

        assertThat(cut.exit()).isEqualTo(ExitCode.NO_ANSWER);
        assertThat(cut.err()).contains("cut off");
        assertThat(away.exit()).isEqualTo(ExitCode.NO_ANSWER);
        assertThat(away.err()).contains("away");
    }
}
