package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.ingest.problem.Problems;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.UserKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/**
 * Many interactions at once: all are sent in their order, then all are awaited; those that Kafka does not take go to the
 * outbox in their order. For one thread and one batch.
 */
final class Batch {

    private final Intake intake;
    private final Answers answers;
    private final Map<String, Under> underWay = new HashMap<>();
    private final Map<UserKey, Intake.Begun> lastOfUser = new HashMap<>();
    private final List<Intake.Begun> inOrder = new ArrayList<>();
    private final List<Supplier<BatchAnswer.Item>> items = new ArrayList<>();

    Batch(Intake intake, Answers answers) {
        this.intake = intake;
        this.answers = answers;
    }

    /** Sends one more; what is wrong with it is answered in its place. */
    void add(Supplier<Interaction> request, CallHeaders headers) {
        var index = items.size();
        try {
            var interaction = request.get();
            var begun = begin(interaction, headers);
            items.add(() -> await(index, begun));
        } catch (RequestProblem problem) {
            items.add(() -> rejected(index, problem));
        }
    }

    /** What became of each. */
    BatchAnswer await() {
        inOrder.forEach(Intake.Begun::settle);
        return BatchAnswer.of(items.stream().map(Supplier::get).toList());
    }

    /** A repeat within the batch cannot be known to the board yet, so it takes the first one's outcome. */
    private Intake.Begun begin(Interaction interaction, CallHeaders headers) {
        var first = underWay.get(interaction.getInteractionId());
        if (first == null) {
            var user = new UserKey(interaction.getNamespace(), interaction.getUserId());
            var last = lastOfUser.get(user);
            var begun = intake.begin(interaction, headers, last != null && !last.isSettled());
            lastOfUser.put(user, begun);
            inOrder.add(begun);
            underWay.put(interaction.getInteractionId(), new Under(interaction, begun));
            return begun;
        }
        return first.sameUser(interaction)
                ? () -> first.begun.await().isSafe() ? new Outcome.Duplicate(interaction) : first.begun.await()
                : () -> new Outcome.Foreign(interaction);
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

    private record Under(Interaction interaction, Intake.Begun begun) {

        boolean sameUser(Interaction other) {
            return interaction.getUserId().equals(other.getUserId())
                    && interaction.getNamespace().equals(other.getNamespace());
        }
    }
}
