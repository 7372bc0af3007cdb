package io.memoryreflector.ingest.interactions;

import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.ingest.problem.Problems;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.UserKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/**
 * Many interactions at once: the board is asked for all of them, then all are sent in their order, then all are awaited;
 * those that Kafka does not take go to the outbox in their order. For one thread and one batch.
 */
final class Batch {

    private final Intake intake;
    private final Answers answers;
    private final CallHeaders headers;
    private final List<Item> items = new ArrayList<>();
    private final Map<String, Incoming> firsts = new LinkedHashMap<>();

    Batch(Intake intake, Answers answers, CallHeaders headers) {
        this.intake = intake;
        this.answers = answers;
        this.headers = headers;
    }

    /** Adds one more; what is wrong with it is answered in its place. */
    void add(Supplier<Incoming> request) {
        try {
            var incoming = request.get();
            items.add(new Item(incoming, null));
            firsts.putIfAbsent(incoming.interaction().getInteractionId(), incoming);
        } catch (RequestProblem problem) {
            items.add(new Item(null, problem));
        }
    }

    /** Sends them and says what became of each. */
    BatchAnswer send() {
        var underWay = begin();
        underWay.values().forEach(Intake.Begun::settle);
        var answer = new ArrayList<BatchAnswer.Item>(items.size());
        for (var item : items) {
            var index = answer.size();
            answer.add(
                    item.problem == null
                            ? await(index, begun(item.incoming, underWay))
                            : rejected(index, item.problem));
        }
        return BatchAnswer.of(answer);
    }

    private Map<String, Intake.Begun> begin() {
        var all = List.copyOf(firsts.values());
        var acceptances = intake.accept(all).iterator();
        var underWay = new LinkedHashMap<String, Intake.Begun>();
        var lastOfUser = new HashMap<UserKey, Intake.Begun>();
        for (var incoming : all) {
            var last = lastOfUser.get(incoming.user());
            var begun = intake.begin(incoming, acceptances.next(), headers, last != null && !last.isSettled());
            lastOfUser.put(incoming.user(), begun);
            underWay.put(incoming.interaction().getInteractionId(), begun);
        }
        return underWay;
    }

    /** A repeat within the batch cannot be known to the board yet, so it takes the first one's outcome. */
    private Intake.Begun begun(Incoming incoming, Map<String, Intake.Begun> underWay) {
        var id = incoming.interaction().getInteractionId();
        var first = firsts.get(id);
        var begun = underWay.get(id);
        if (incoming == first) {
            return begun;
        }
        return first.user().equals(incoming.user())
                ? () -> begun.await().isSafe() ? new Outcome.Duplicate(incoming.interaction()) : begun.await()
                : () -> new Outcome.Foreign(incoming.interaction());
    }

    private BatchAnswer.Item await(int index, Intake.Begun begun) {
        try {
            return new BatchAnswer.Item(index, HttpStatus.ACCEPTED.value(), answers.of(begun.await()), null);
        } catch (RequestProblem problem) {
            return rejected(index, problem);
        }
    }

    private static BatchAnswer.Item rejected(int index, RequestProblem problem) {
        return new BatchAnswer.Item(index, problem.status().value(), null, Problems.of(problem));
    }

    /**
     * @param incoming null where there is a problem
     * @param problem null where it can be sent
     */
    private record Item(Incoming incoming, RequestProblem problem) {}
}
