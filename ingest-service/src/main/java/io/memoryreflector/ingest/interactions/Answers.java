package io.memoryreflector.ingest.interactions;

import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.redis.Acceptances;
import io.memoryreflector.store.status.InteractionStatus;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What the caller is told of an outcome. Thread-safe. */
@Component
final class Answers {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Acceptances acceptances;

    Answers(Acceptances acceptances) {
        this.acceptances = acceptances;
    }

    /** @throws RequestProblem where the interaction is not in */
    InteractionAnswer of(Outcome outcome) {
        var interaction = outcome.interaction();
        if (outcome instanceof Outcome.Queued) {
            return InteractionAnswer.of("queued_reflection", interaction, interaction.getReceivedAt());
        }
        if (outcome instanceof Outcome.Spooled) {
            return InteractionAnswer.of("spooled", interaction, interaction.getReceivedAt());
        }
        if (outcome instanceof Outcome.Duplicate) {
            var receivedAt = acceptances
                    .find(interaction.getInteractionId())
                    .flatMap(InteractionStatus::receivedAt)
                    .orElse(interaction.getReceivedAt());
            return InteractionAnswer.of("duplicate", interaction, receivedAt);
        }
        if (outcome instanceof Outcome.Foreign) {
            throw RequestProblem.of(
                    HttpStatus.CONFLICT,
                    "interaction_id: got '" + interaction.getInteractionId()
                            + "', which is another user's, takes an id of your own or none");
        }
        var reason = outcome instanceof Outcome.Unavailable unavailable ? unavailable.reason() : "";
        throw unavailable("Kafka did not acknowledge interaction '" + interaction.getInteractionId() + "' in time, and "
                + reason + ". Send it again with this interaction_id: it will be kept once.");
    }

    static RequestProblem unavailable(String detail) {
        return RequestProblem.unavailable(detail, RETRY_AFTER);
    }
}
