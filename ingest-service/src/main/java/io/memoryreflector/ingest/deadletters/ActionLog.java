package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.DeadLetterAction;
import io.memoryreflector.events.DeadLetterActionKind;
import io.memoryreflector.schemas.topic.Topics;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What operators did, as events on {@code reflector.dlq.actions}. Thread-safe. */
final class ActionLog {

    private final Producer<String, DeadLetterAction> producer;
    private final DeadLetterIndex index;

    ActionLog(Producer<String, DeadLetterAction> producer, DeadLetterIndex index) {
        this.producer = producer;
        this.index = index;
    }

    /**
     * Writes what was done. The future ends with Kafka's acknowledgement, by which time the index shows it too, or with
     * its refusal.
     */
    CompletableFuture<Void> write(String id, Action action) {
        var done = new CompletableFuture<Void>();
        var record = new ProducerRecord<>(Topics.DEAD_LETTER_ACTIONS.name(), id, event(id, action));
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    index.acted(id, action);
                    done.complete(null);
                } else {
                    done.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException refused) {
            done.completeExceptionally(refused);
        }
        return done;
    }

    private static DeadLetterAction event(String id, Action action) {
        return DeadLetterAction.newBuilder()
                .setDeadLetterId(id)
                .setAction(
                        action.state() == LetterState.REPLAYED
                                ? DeadLetterActionKind.REPLAYED
                                : DeadLetterActionKind.DISCARDED)
                .setJobId(action.jobId())
                .setLetterPartition(action.partition())
                .setLetterOffset(action.offset())
                .setTransformed(action.transformed())
                .setActedAt(action.at())
                .setReason(action.reason())
                .build();
    }

    /** Reads the events back. Thread-safe. */
    static final class Reader {

        private final AvroValues values;

        Reader(AvroValues values) {
            this.values = values;
        }

        /** An action with the letter that it was done to. */
        record Told(String id, Action action) {}

        /**
         * The action; empty if it is none that this version knows.
         *
         * @throws IOException if the registry does not answer
         */
        Optional<Told> read(byte[] value) throws IOException {
            try {
                var event = values.action(value);
                return event.getAction() == DeadLetterActionKind.UNKNOWN
                        ? Optional.empty()
                        : Optional.of(new Told(event.getDeadLetterId(), Action.of(event)));
            } catch (UndecodableValue e) {
                return Optional.empty();
            }
        }
    }
}
