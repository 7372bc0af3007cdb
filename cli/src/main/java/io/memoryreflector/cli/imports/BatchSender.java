package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.imports.Entry.Item;
import io.memoryreflector.cli.service.Answer;
import io.memoryreflector.cli.service.MemoryService;
import io.memoryreflector.cli.service.NoAnswer;
import io.memoryreflector.cli.service.Problem;
import io.memoryreflector.cli.service.Refusal;
import io.memoryreflector.cli.service.Resource;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends one batch after the other until each item is settled. For one thread. */
final class BatchSender {

    private static final Resource BATCH =
            Resource.of("api", "v1", "interactions:batch").with("wait", 0);
    private static final String NDJSON = "application/x-ndjson";
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    private final MemoryService service;
    private final Tally tally;
    private final Patience patience;

    BatchSender(MemoryService service, Tally tally, Patience patience) {
        this.service = service;
        this.tally = tally;
        this.patience = patience;
    }

    /**
     * Sends them in their order; returns once each is in the tally.
     *
     * @throws NoAnswer where the service did not answer for too long
     * @throws Refusal where the service refuses not the items but the asking
     */
    void send(List<Item> items) throws InterruptedException {
        var left = items;
        while (!left.isEmpty()) {
            try {
                left = settle(left, service.post(BATCH, NDJSON, body(left)));
            } catch (NoAnswer e) {
                patience.failed(e, Optional.empty());
            } catch (Refusal refusal) {
                if (refusal.problem().passes()) {
                    patience.failed(refusal, refusal.retryAfter());
                } else {
                    divide(left, refusal);
                    return;
                }
            }
        }
    }

    /** What the service would not take together it may take in halves, down to the one that is to blame. */
    private void divide(List<Item> items, Refusal refusal) throws InterruptedException {
        var status = refusal.problem().status();
        if (status != BAD_REQUEST && status != TOO_LARGE) {
            throw refusal;
        }
        if (items.size() == 1) {
            tally.refused(items.get(0), refusal.problem());
            return;
        }
        var half = items.size() / 2;
        send(items.subList(0, half));
        send(items.subList(half, items.size()));
    }

    /** Settles what can be, and returns the rest, which is to be sent again. */
    private List<Item> settle(List<Item> items, Answer answer) throws InterruptedException {
        var again = new ArrayList<Item>();
        Problem passing = null;
        var answers = answer.json().path("items");
        if (answers.size() != items.size()) {
            var detail = "answered for " + answers.size() + " of " + items.size()
                    + " interactions: is this address ingest-service's?";
            throw new Refusal(new Problem(answer.status(), detail, List.of()), Optional.empty());
        }
        for (var i = 0; i < items.size(); i++) {
            var result = answers.path(i);
            if (result.has("answer")) {
                tally.in(result.path("answer").path("status").asString(""));
                continue;
            }
            var problem = Problem.of(result.path("code").asInt(0), result.path("problem"));
            if (problem.passes()) {
                again.add(items.get(i));
                passing = problem;
            } else {
                tally.refused(items.get(i), problem);
            }
        }
        if (again.size() < items.size()) {
            patience.succeeded();
        }
        if (passing != null) {
            patience.failed(new Refusal(passing, answer.retryAfter()), answer.retryAfter());
        }
        return again;
    }

    private static byte[] body(List<Item> items) {
        var body = new ByteArrayOutputStream();
        for (var item : items) {
            body.writeBytes(item.json());
            body.write('\n');
        }
        return body.toByteArray();
    }
}
