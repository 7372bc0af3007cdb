package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.ExitCode;
import io.memoryreflector.cli.Session;
import io.memoryreflector.cli.service.MemoryService;
import io.memoryreflector.cli.service.Refusal;
import io.memoryreflector.cli.service.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Does one thing with the chosen dead letters: by their ids at once, by a filter after a dry run and a question. */
final class Action {

    private static final String DEAD_LETTERS = "dead-letters";

    private final Session session;
    private final String verb;
    private final Chosen chosen;
    private final MemoryService service;
    private final Job job;

    /** @param verb as it stands in the service's address */
    Action(Session session, String verb, Chosen chosen) {
        this.session = session;
        this.verb = verb;
        this.chosen = chosen;
        this.service = session.service();
        this.job = new Job(session, service);
    }

    /**
     * Returns the exit code once all is done.
     *
     * @param each more of the body of an action by id
     * @param many more of the body of an action by a filter
     */
    int run(ObjectNode each, ObjectNode many) throws InterruptedException {
        chosen.check();
        return chosen.ids().isEmpty() ? byFilter(many) : byId(each);
    }

    private int byId(ObjectNode body) throws InterruptedException {
        var exit = ExitCode.DONE;
        for (var id : chosen.ids()) {
            try {
                var answer = service.post(Resource.of("api", "v1", DEAD_LETTERS, id + ":" + verb), withReason(body));
                exit = Math.max(exit, job.follow(answer.json(), chosen.waitAtMost()));
            } catch (Refusal refusal) {
                if (refusal.problem().passes()) {
                    throw refusal;
                }
                session.complain(id, refusal.problem());
                exit = ExitCode.REFUSED;
            }
        }
        return exit;
    }

    private int byFilter(ObjectNode more) throws InterruptedException {
        var preview = service.post(all(), request(more, true));
        var matched = preview.json().path("matched").asLong(0);
        if (chosen.dryRun() || matched == 0) {
            if (session.json()) {
                session.out().println(preview.text());
            } else {
                show(preview.json(), matched);
            }
            return ExitCode.DONE;
        }
        show(preview.json(), matched);
        var count = Math.min(matched, chosen.limit());
        if (!chosen.yes() && !confirmed(count)) {
            session.complain("nothing was done: say --yes to " + verb + " these " + count);
            return ExitCode.USAGE;
        }
        return job.follow(service.post(all(), request(more, false)).json(), chosen.waitAtMost());
    }

    private Resource all() {
        return Resource.of("api", "v1", DEAD_LETTERS + ":" + verb);
    }

    private JsonNode request(ObjectNode more, boolean dryRun) {
        var request = withReason(more);
        request.set("filter", chosen.filter().document());
        return request.put("dry_run", dryRun).put("limit", chosen.limit());
    }

    private ObjectNode withReason(ObjectNode body) {
        var document = body.deepCopy();
        return chosen.reason() == null ? document : document.put("reason", chosen.reason());
    }

    /** With --json, stdout is the outcome's alone. */
    private void show(JsonNode preview, long matched) {
        var to = session.json() ? session.err() : session.out();
        if (matched == 0) {
            to.println("Nothing matches.");
            return;
        }
        var more = Math.max(preview.path("beyond_limit").asLong(0), matched - chosen.limit());
        to.println(Math.min(matched, chosen.limit()) + " match"
                + (more > 0 ? ", and " + more + " more that --limit leaves out" : "") + ". The first of them:");
        var table = new DeadLetterTable();
        preview.path("sample").forEach(table::add);
        table.table().print(to, session.terminal());
    }

    private boolean confirmed(long count) {
        return session.confirmed(Character.toUpperCase(verb.charAt(0)) + verb.substring(1) + " " + count + "? [y/N] ");
    }
}
