package io.memoryreflector.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.HttpStub;
import io.memoryreflector.cli.Run;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands against a server that speaks the contract of the admin endpoints. */
class DeadLettersCommandTest {

    private DeadLetterAdmin admin = DeadLetterAdmin.with(250);
    private HttpStub stub = HttpStub.start(request -> admin.answer(request));

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void shouldListOverAllPagesUpToTheLimit() {
        var all = run("list", "--limit", "1000");
        var some = run("list", "--limit", "120", "--json");

        assertThat(all.exit()).isEqualTo(ExitCode.DONE);
        assertThat(all.out().lines()).hasSize(252);
        assertThat(all.out())
                .startsWith("ID      PARKED AT             PARKED BY          USER            SOURCE")
                .contains(
                        " 2026-05-02T10:00:00Z ",
                        "default/user 4",
                        "reflector.tasks.semantic/0@249",
                        "ModelRefused: the model refused 249")
                .endsWith("250 of 250\n");
        assertThat(some.ndjson()).hasSize(120);
        assertThat(some.ndjson().get(119).path("id").asString()).isEqualTo("dl-119");
    }

    @Test
    void shouldSendTheFilterAsItIsGiven() {
        run(
                "list",
                "--tier",
                "semantic",
                "--error",
                "a b",
                "--user",
                "u/1",
                "--namespace",
                "n",
                "--topic",
                "t",
                "--state",
                "replayed",
                "--from",
                "2026-05-02T10:00:00Z",
                "--to",
                "2026-05-03T10:00:00+02:00");

        assertThat(stub.requests().get(0).query())
                .isEqualTo("tier=semantic&error=a%20b&user_id=u%2F1&namespace=n&topic=t&state=replayed"
                        + "&from=2026-05-02T10:00:00Z&to=2026-05-03T10:00:00%2B02:00&limit=50");
        assertThat(run("list", "--user", "nobody").out()).isEqualTo("No dead letters.\n");
    }

    @Test
    void shouldShowALetterWithAllThatIsKnown() {
        var shown = run("show", "dl-1");

        assertThat(shown.exit()).isEqualTo(ExitCode.DONE);
        assertThat(shown.out())
                .contains("traceparent", "timed out", "mended", "\"content\" : \"I moved\"", "at io.example.Model.call")
                .containsPattern("message +the model refused 1\n");
        assertThat(run("show", "dl-0").out()).contains("cannot be read: no schema with id 0", "AAAA");
        assertThat(run("show", "dl-1", "--json")
                        .json()
                        .at("/value/decoded/content")
                        .asString())
                .isEqualTo("I moved");
        assertThat(run("show", "none").exit()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void shouldReplayByIdAndGoOnBehindOneThatIsRefused() {
        var run = run("replay", "dl-1", "none", "dl-2", "--reason", "mended", "--patch", "{\"user_id\":\"ada\"}");

        assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).isEqualTo("reflector: none: refused (404): id: got 'none', which is not known\n");
        assertThat(admin.count("replayed")).isEqualTo(2);
        assertThat(stub.requests().get(0).json().toString())
                .isEqualTo("{\"patch\":{\"user_id\":\"ada\"},\"reason\":\"mended\"}");
        assertThat(run("discard", "dl-3", "dl-4", "--json").ndjson())
                .hasSize(2)
                .allMatch(job -> job.path("state").asString().equals("done"));
    }

    @Test
    void shouldShowTheDryRunAndAskBeforeAReplayByFilter() {
        var no = at("n\n", "replay", "--tier", "semantic");
        assertThat(no.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(no.out())
                .startsWith("125 match. The first of them:\n")
                .contains("dl-18")
                .doesNotContain("dl-20");
        assertThat(no.err()).contains("Replay 125? [y/N]", "nothing was done");
        assertThat(admin.count("replayed")).isZero();

        var yes = at("y\n", "replay", "--tier", "semantic", "--rate", "500");
        assertThat(yes.exit()).isEqualTo(ExitCode.DONE);
        assertThat(yes.out()).containsPattern("state +done\n").containsPattern("sent +125\n");
        assertThat(admin.count("replayed")).isEqualTo(125);
        assertThat(stub.requests().stream().filter(request -> request.body().contains("\"dry_run\":false")))
                .singleElement()
                .satisfies(request -> assertThat(request.json().toString())
                        .isEqualTo("{\"rate_per_second\":500,\"filter\":{\"tier\":\"semantic\"},"
                                + "\"dry_run\":false,\"limit\":10000}"));
    }

    @Test
    void shouldDoNothingInAScriptThatDoesNotSayYes() {
        var run = run("discard", "--all");

        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).startsWith("250 match.");
        assertThat(run.err()).isEqualTo("reflector: nothing was done: say --yes to discard these 250\n");
        assertThat(admin.count("parked")).isEqualTo(250);
    }

    @Test
    void shouldPrintTheJobAloneOnStdoutWithJson() {
        var run = run("discard", "--error", "refused 7", "--yes", "--json");

        assertThat(run.exit()).isEqualTo(ExitCode.DONE);
        assertThat(run.json().path("sent").asInt()).isEqualTo(11);
        assertThat(run.err()).startsWith("11 match.");
        assertThat(admin.count("discarded")).isEqualTo(11);
    }

    @Test
    void shouldOnlyLookWithDryRunAndWhereNothingMatches() {
        assertThat(run("replay", "--all", "--dry-run", "--json")
                        .json()
                        .path("matched")
                        .asInt())
                .isEqualTo(250);
        assertThat(run("replay", "--user", "nobody", "--yes").out()).isEqualTo("Nothing matches.\n");
        assertThat(run("replay", "--all", "--dry-run", "--limit", "100").out())
                .startsWith("100 match, and 150 more that --limit leaves out.");
        assertThat(admin.count("parked")).isEqualTo(250);
    }

    @Test
    void shouldEndWithOneWhereAPartFailed() {
        admin.failingFor("dl-6");

        var run = run("replay", "--all", "--yes");

        assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.out()).containsPattern("sent +249\n").containsPattern("failed +1\n");
    }

    @Test
    void shouldLeaveAJobThatTakesTooLongAndFindItAgain() {
        var left = run("replay", "--all", "--yes", "--wait", "1ms");

        assertThat(left.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(left.err()).contains("the job still runs: reflector dead-letters job job-1");
        var found = run("job", "job-1", "--json");
        assertThat(found.exit()).isEqualTo(ExitCode.DONE);
        assertThat(found.json().path("state").asString()).isEqualTo("done");
        assertThat(run("job", "none").exit()).isEqualTo(ExitCode.REFUSED);
    }

    private Run run(String... args) {
        return Run.of(line(args));
    }

    private Run at(String typed, String... args) {
        return Run.at(typed, line(args));
    }

    private String[] line(String... args) {
        return Stream.concat(Stream.of("dead-letters", "--url", stub.url()), Arrays.stream(args))
                .toArray(String[]::new);
    }
}
