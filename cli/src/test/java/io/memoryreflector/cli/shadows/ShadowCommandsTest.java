package io.memoryreflector.cli.shadows;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.HttpStub;
import io.memoryreflector.cli.HttpStub.Reply;
import io.memoryreflector.cli.Run;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands against a server that speaks the contract of the admin endpoints. */
class ShadowCommandsTest {

    private final AtomicInteger asked = new AtomicInteger();
    private volatile String end = "done";

    private final HttpStub stub = HttpStub.start(request -> {
        if (request.method().equals("DELETE")) {
            return Reply.ok("{\"shadow\":\"next\",\"topics_deleted\":23,\"subjects_deleted\":11}");
        }
        if (request.method().equals("POST")) {
            return Reply.accepted(action("running", 0));
        }
        if (request.path().equals("/api/v1/shadows")) {
            return Reply.ok("{\"shadows\":[\"next\"]}");
        }
        var isLast = asked.incrementAndGet() >= 3;
        if (request.path().contains("/comparison")) {
            return Reply.ok(isLast ? comparison() : "{\"state\":\"running\",\"records_read\":1,\"records_total\":9}");
        }
        return Reply.ok("{\"shadow\":\"next\",\"running\":true,\"interactions\":100,\"interactions_behind\":40,"
                + "\"tasks_pending\":7,\"counted\":true,\"tokens_spent\":1200,\"dead_letters\":0,\"last_action\":"
                + (isLast ? action(end, 100) : action("running", 40)) + "}");
    });

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void shouldShowHowFarAShadowIsAndWhatItCosts() {
        var run = Run.of("shadows", "--url", stub.url());

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("next", "yes", "100", "40", "7", "1200", "promote running");
    }

    @Test
    void shouldWaitForAComparisonAndShowItsExamples() {
        var run = Run.of("compare", "next", "--tier", "semantic", "--examples", "2", "--url", stub.url());

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .contains("semantic, changed: default/ada, interaction i1")
                .contains("  - Ada lives in Lisbon.\n  + Ada lives in Lisbon, Portugal.\n");
        assertThat(stub.requests()).hasSize(3);
        assertThat(stub.requests().get(0).path()).startsWith("/api/v1/shadows/next/comparison");
    }

    @Test
    void shouldPromoteOnlyWhereSomebodyWantsItAndFollowItToItsEnd() {
        assertThat(Run.of("promote", "next", "--url", stub.url()).exit()).isEqualTo(ExitCode.USAGE);
        assertThat(stub.requests()).isEmpty();

        var run = Run.of("promote", "next", "--yes", "--url", stub.url());

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("memories added", "5", "memories retired", "4", "operator");
        assertThat(stub.requests().get(0).path()).isEqualTo("/api/v1/shadows/next:promote");
    }

    @Test
    void shouldSayThatAPromotionHasFailed() {
        end = "failed";

        assertThat(Run.of("promote", "next", "--yes", "--url", stub.url()).exit())
                .isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void shouldAbandonOnlyWhereSomebodyWantsIt() {
        assertThat(Run.of("abandon", "next", "--url", stub.url()).exit()).isEqualTo(ExitCode.USAGE);
        assertThat(stub.requests()).isEmpty();

        var run = Run.of("abandon", "next", "--yes", "--url", stub.url());

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).isEqualTo("Shadow next is gone: 23 topics and 11 subjects deleted.\n");
    }

    private static String action(String state, int users) {
        return "{\"action_id\":\"a1\",\"shadow\":\"next\",\"action\":\"promote\",\"state\":\"" + state
                + "\",\"by\":\"operator\",\"users_done\":" + users
                + ",\"users_total\":100,\"memories_added\":5,\"memories_retired\":4,\"kept\":1,\"waiting\":0,"
                + "\"begun_at\":\"2026-05-02T10:01:00Z\"}";
    }

    private static String comparison() {
        return "{\"shadow\":\"next\",\"state\":\"done\",\"records_read\":9,\"records_total\":9,\"tiers\":{\"semantic\":"
                + "{\"same\":3,\"added\":0,\"dropped\":0,\"changed\":1,\"kept\":0,\"waiting\":0,\"own\":0,"
                + "\"examples\":{\"added\":[],\"dropped\":[],\"changed\":[{\"namespace\":\"default\",\"user_id\":\"ada\","
                + "\"interaction_id\":\"i1\",\"live\":\"Ada lives in Lisbon.\","
                + "\"shadow\":\"Ada lives in Lisbon, Portugal.\"}]}}}}";
    }
}
