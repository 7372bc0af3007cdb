package io.memoryreflector.systemtests.model.load;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.Role;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes interactions to the log as a plain producer does. Thread-safe. */
public final class Feed implements AutoCloseable {

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final int SHOW_EVERY = 500;

    private final KafkaProducer<String, Interaction> producer;

    /** A feed into the log of these servers. */
    public Feed(String bootstrapServers, EventSerdes serdes) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new StringSerializer(),
                serdes.<Interaction>serializer());
    }

    /** An interaction of one message by Ada that has something for each tier. */
    static Interaction sample(String run, int number, int users, Priority priority) {
        return sample(run, number, run + "-" + number % users, priority);
    }

    /**
     * An interaction of one message by Ada that has something for each tier.
     *
     * @param number orders those of a run
     */
    public static Interaction sample(String run, int number, String user, Priority priority) {
        var text = "I moved to City" + number + ". Always sign note " + number + " of " + run + ".";
        return interaction(user, run + ":" + number, text, AT.plusSeconds(number), priority);
    }

    /** An interaction of one message by Ada. */
    public static Interaction interaction(String user, String id, String text, Instant at, Priority priority) {
        return Interaction.newBuilder()
                .setInteractionId(id)
                .setUserId(user)
                .setSessionId(user + "-s")
                .setOccurredAt(at)
                .setPriority(priority)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId(id + "-m")
                        .setRole(Role.USER)
                        .setAuthor("Ada")
                        .setContent(text)
                        .setSentAt(at)
                        .build()))
                .build();
    }

    /**
     * Sends them in their order and returns once all are acknowledged.
     *
     * @param progress told how many are sent, now and then
     */
    public void send(Iterable<Interaction> interactions, IntConsumer progress) {
        var failed = new AtomicReference<Exception>();
        var sent = 0;
        for (var interaction : interactions) {
            var key = new UserKey(interaction.getNamespace(), interaction.getUserId()).toString();
            producer.send(new ProducerRecord<>(Topics.INTERACTIONS.name(), key, interaction), (metadata, error) -> {
                if (error != null) {
                    failed.compareAndSet(null, error);
                }
            });
            sent++;
            if (sent % SHOW_EVERY == 0) {
                progress.accept(sent);
            }
        }
        producer.flush();
        if (failed.get() != null) {
            throw new IllegalStateException("not all interactions are in the log", failed.get());
        }
        progress.accept(sent);
    }

    @Override
    public void close() {
        producer.close();
    }
}
