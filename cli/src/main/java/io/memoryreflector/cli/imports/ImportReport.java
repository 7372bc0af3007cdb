package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.output.Plain;
import io.memoryreflector.cli.output.Table;
import io.memoryreflector.cli.service.Problem;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Tells what came of an import. */
final class ImportReport {

    /** More of them push the counts off the screen. */
    private static final int SHOWN = 20;

    private final Session session;

    ImportReport(Session session) {
        this.session = session;
    }

    void print(Summary summary, Duration took) {
        if (session.json()) {
            document(summary, took);
        } else {
            people(summary, took);
        }
    }

    private void people(Summary summary, Duration took) {
        var seconds = Math.max(1, took.toMillis()) / 1e3;
        session.out()
                .printf(
                        Locale.ROOT,
                        "%d read in %.1f s, %.0f a second%n",
                        summary.settled(),
                        seconds,
                        summary.settled() / seconds);
        session.print(new Table("", "")
                .row("accepted", summary.accepted())
                .row("duplicate", summary.duplicate())
                .row("spooled", summary.spooled())
                .row("refused", summary.refused()));
        summary.named().stream().limit(SHOWN).forEach(refused -> session.out()
                .println("  line " + refused.line() + ": " + Plain.line(reasons(refused.problem()))));
        if (summary.refused() > SHOWN) {
            session.out().println("  and " + (summary.refused() - SHOWN) + " more; --rejects FILE keeps them all");
        }
    }

    private void document(Summary summary, Duration took) {
        var document = JsonMapper.shared().createObjectNode();
        document.put("read", summary.settled())
                .put("accepted", summary.accepted())
                .put("duplicate", summary.duplicate())
                .put("spooled", summary.spooled())
                .put("refused", summary.refused())
                .put("took_ms", took.toMillis());
        var refusals = document.putArray("refusals");
        for (var refused : summary.named()) {
            var refusal = refusals.addObject().put("line", refused.line());
            refusal.put("status", refused.problem().status())
                    .put("detail", refused.problem().detail());
            refusal.set(
                    "errors", JsonMapper.shared().valueToTree(refused.problem().errors()));
        }
        document.put("refusals_left_out", summary.refused() - summary.named().size());
        session.print(document);
    }

    /** Field by field where the service says it so; its sentence is about the first field only. */
    private static String reasons(Problem problem) {
        return problem.errors().isEmpty()
                ? problem.detail()
                : problem.errors().stream()
                        .map(error -> error.field() + ": " + error.message())
                        .collect(Collectors.joining("; "));
    }
}
