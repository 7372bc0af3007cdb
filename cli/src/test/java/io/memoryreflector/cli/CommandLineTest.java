package io.memoryreflector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.cli.HttpStub.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the command line is read, what a failure looks like, and which exit code it has. */
class CommandLineTest {

    /** Nothing listens on this port of the reserved block. */
    private static final String NOBODY = "http://127.0.0.1:1";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                     | COMMAND: is missing",
                "dead-letters                         | COMMAND: is missing",
                "retry                                | COMMAND: is missing",
                "sned                                 | sned",
                "send hello                           | --user",
                "send --user ada --role king hello    | --role",
                "recall --user ada                    | QUESTION",
                "recall --user ada --limit many where | --limit",
                "status --user ada --interaction i    | mutually exclusive",
                "status --url nowhere                 | --url (or REFLECTOR_URL): got 'nowhere', takes an address",
                "status --timeout 3                   | got '3', takes a time such as 500ms",
                "status --timeout 0s                  | got '0s', takes a time such as 500ms",
                "import                               | FILE",
                "import not-there.ndjson              | FILE: got 'not-there.ndjson', which is not there",
                "import --concurrency 0 -             | --concurrency: got 0, takes a whole number from 1 to 64",
                "import --batch-size 1001 -           | --batch-size: got 1001, takes a whole number from 1 to 1000",
                "dead-letters show                    | ID",
                "dead-letters list --limit 0          | --limit: got 0",
                "dead-letters replay                  | ID: is missing, takes ids, a filter such as --tier, or --all",
                "dead-letters discard one --all       | ID: got ids and a filter",
                "dead-letters replay one --patch 7    | --patch: got what is no JSON object",
                "retry now                            | ID: is missing, takes an interaction",
                "retry now one --all                  | takes one of them",
            })
    void shouldSayWhatIsWrongWithTheCommandLineAndEndWithTwo(String line, String message) {
        var run = Run.of(line == null ? new String[0] : line.split(" +"));

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("reflector: ").contains(message).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void shouldSendTheKeyOfTheEnvironmentAndShowItNowhere() {
        try (var service = HttpStub.start(request -> Reply.problem(401, "who?"))) {
            var run = Run.withKey(" k3y\n", "status", "--user", "ada", "--url", service.url(), "--verbose");

            assertThat(service.requests())
                    .extracting(HttpStub.Request::authorization)
                    .containsOnly("Bearer k3y");
            assertThat(run.out() + run.err()).contains("401").doesNotContain("k3y");
        }
    }

    @Test
    void shouldSendNoKeyWhereThereIsNone() {
        try (var service = HttpStub.start(request -> Reply.problem(401, "who?"))) {
            Run.of("status", "--user", "ada", "--url", service.url());

            assertThat(service.requests())
                    .extracting(HttpStub.Request::authorization)
                    .containsOnlyNulls();
        }
    }

    @Test
    void shouldNotShowAKeyThatCannotBeOne() {
        var run = Run.withKey("k3y\u0000x", "status", "--user", "ada", "--url", NOBODY);

        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("REFLECTOR_API_KEY").doesNotContain("k3y");
    }

    @Test
    void shouldAskForTheTextWhereAPersonSitsAtStdin() {
        var run = Run.at("", "send", "--user", "ada");

        assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("TEXT: is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send --user ada hello",
                "recall --user ada where",
                "status",
                "status --user ada",
                "dead-letters list",
                "dead-letters show one",
                "dead-letters replay one",
                "dead-letters discard --all --yes",
                "retry list",
                "retry now --all"
            })
    void shouldEndWithThreeWhereNobodyAnswers(String line) {
        var run = Run.of((line + " --url " + NOBODY).split(" "));

        assertThat(run.exit()).isEqualTo(ExitCode.NO_ANSWER);
        assertThat(run.err())
                .startsWith("reflector: " + NOBODY + " does not answer: start the service")
                .hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void shouldEndWithThreeWhereTheAnswerTakesTooLong() throws Exception {
        var silent = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
        try (silent) {
            var run = Run.of(
                    "send",
                    "--user",
                    "ada",
                    "--id",
                    "i1",
                    "--timeout",
                    "200ms",
                    "hello",
                    "--url",
                    "http://127.0.0.1:" + silent.getLocalPort());

            assertThat(run.exit()).isEqualTo(ExitCode.NO_ANSWER);
            assertThat(run.err()).contains("gave no answer within 200 ms").contains("with --id i1 it is kept once");
        }
    }

    @ParameterizedTest
    @CsvSource({"429, 3", "500, 1", "502, 3", "503, 3", "404, 1", "409, 1"})
    void shouldTellARefusalFromWhatPasses(int status, int exit) {
        try (var stub = HttpStub.start(request -> Reply.problem(status, "because"))) {
            var run = Run.of("status", "--user", "ada", "--url", stub.url());

            assertThat(run.exit()).isEqualTo(exit);
            assertThat(run.err()).contains("(" + status + "): because").hasLineCount(1);
        }
    }

    @Test
    void shouldShowAProblemFieldByField() {
        var problem = """
                {"status": 422, "detail": "user_id: is blank (and 1 more, see errors)", "errors": [
                  {"field": "user_id", "message": "is blank"},
                  {"field": "messages[0].role", "message": "got 'x', takes user"}]}""";
        try (var stub = HttpStub.start(request -> new Reply(422, problem, java.util.Map.of()))) {
            var run = Run.of("send", "--user", " ", "hello", "--url", stub.url());

            assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
            assertThat(run.err().lines())
                    .containsExactly(
                            "reflector: refused (422): user_id: is blank (and 1 more, see errors)",
                            "  user_id: is blank",
                            "  messages[0].role: got 'x', takes user");
        }
    }

    @Test
    void shouldDoubtTheAddressWhereTheAnswerIsNoDocument() {
        try (var stub = HttpStub.start(request -> new Reply(404, "<html>not here</html>", java.util.Map.of()))) {
            var run = Run.of("status", "--url", stub.url());

            assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
            assertThat(run.err()).contains("is this address ingest-service's?");
        }
    }

    @Test
    void shouldShowTheStackTraceOnlyWhereItIsAskedFor() {
        assertThat(Run.of("status", "--url", NOBODY).err()).doesNotContain("\tat ");
        assertThat(Run.of("status", "--url", NOBODY, "--verbose").err())
                .contains("GET /actuator/health: java.net.ConnectException")
                .contains("\tat ");
    }

    @Test
    void shouldTakeGlobalOptionsBeforeAndBehindTheCommand() {
        try (var stub = HttpStub.start(request -> Reply.ok("{\"received\":7}"))) {
            var before = Run.of("--url", stub.url(), "--json", "status", "--user", "ada");
            var behind = Run.of("status", "--user", "ada", "--json", "--url", stub.url());

            assertThat(before).isEqualTo(behind);
            assertThat(before.out()).isEqualTo("{\"received\":7}\n");
        }
    }

    @Test
    void shouldKeepAnyTextOfAUserInOneSegmentOfThePath() {
        try (var stub = HttpStub.start(request -> Reply.ok("{}"))) {
            Run.of("status", "--user", "a/b c?ü:1", "--namespace", "n&m", "--url", stub.url() + "/prefix/");

            assertThat(stub.requests().get(0).path()).isEqualTo("/prefix/api/v1/users/a%2Fb%20c%3F%C3%BC:1/status");
            assertThat(stub.requests().get(0).query()).isEqualTo("namespace=n%26m");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "send --help",
                "recall --help",
                "status --help",
                "import --help",
                "dead-letters --help",
                "dead-letters list --help",
                "dead-letters show --help",
                "dead-letters replay --help",
                "dead-letters discard --help",
                "dead-letters job --help",
                "retry list --help",
                "retry now --help",
                "completion --help"
            })
    void shouldDocumentOptionsAndExitCodes(String line) {
        var run = Run.of(line.split(" "));

        assertThat(run.exit()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("REFLECTOR_URL", "--json", "Exit codes:", "the service does not answer");
    }

    @Test
    void shouldPrintACompletionScriptThatKnowsTheCommands() {
        var run = Run.of("completion");

        assertThat(run.exit()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("dead-letters", "--give-up-after");
    }

    @Test
    void shouldShowNothingThatSteersATerminal() {
        var answer = "{\"items\":[{\"text\":\"red \\u001b[31m\\nnext\",\"score\":1,\"tier\":\"semantic\"}]}";
        try (var stub = HttpStub.start(request -> Reply.ok(answer))) {
            var run = Run.of("recall", "--user", "ada", "what", "--url", stub.url());

            assertThat(run.out()).contains("red \u241b[31m next").doesNotContain("\u001b");
        }
    }
}
