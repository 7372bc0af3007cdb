package io.memoryreflector.systemtests.faults;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The ways in. Each method is one writer, runs on a thread of its own, sends a line from its first number to its last,
 * tries again until each is acknowledged, and ends early once the gate is closed.
 */
record Writers(RestClient rest, String bootstrapServers, EventSerdes serdes, Ledger ledger, Gate gate) {

    private static final long PAUSE_MS = 200;
    private static final long ACKNOWLEDGED_WITHIN_S = 30;

    /** One at a time. */
    void post(Line line) throws InterruptedException {
        for (int number = 0; number < line.count(); number++) {
            if (!gate.enter(1)) {
                return;
            }
            for (int times = line.isSentTwice(number) ? 2 : 1; times > 0; times--) {
                while (!rest.post(Samples.json(line, number))) {
                    if (gate.isClosed()) {
                        return;
                    }
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
                }
                ledger.acknowledgePost(line, number);
            }
        }
    }

    /** A unit of the line in each request; what is refused of it goes again before the next unit. */
    void postBatches(Line line) throws InterruptedException {
        for (int from = 0; from < line.count(); from += line.unit()) {
            var batch = unit(line, from);
            if (!gate.enter(line.unit())) {
                return;
            }
            while (!batch.isEmpty()) {
                var in = rest.postAll(
                        batch.stream().map(number -> Samples.json(line, number)).toList());
                batch = acknowledged(line, batch, in);
                if (!batch.isEmpty()) {
                    if (gate.isClosed()) {
                        return;
                    }
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
                }
            }
        }
    }

    /** As a plain Kafka producer, a unit at a time. */
    void produce(Line line) throws InterruptedException {
        try (var serializer = serdes.<Interaction>serializer();
                var producer = new KafkaProducer<>(producerConfig(), new StringSerializer(), serializer)) {
            for (int from = 0; from < line.count(); from += line.unit()) {
                var unit = unit(line, from);
                if (!gate.enter(line.unit())) {
                    return;
                }
                while (!unit.isEmpty() && !gate.isClosed()) {
                    unit = acknowledged(line, unit, send(producer, line, unit));
                }
            }
        }
    }

    private static BitSet send(KafkaProducer<String, Interaction> producer, Line line, List<Integer> numbers)
            throws InterruptedException {
        var sent = new ArrayList<Future<RecordMetadata>>();
        for (var number : numbers) {
            var record = new ProducerRecord<>(
                    Topics.INTERACTIONS.name(), line.user(number).toString(), Samples.event(line, number));
            try {
                sent.add(producer.send(record));
            } catch (RuntimeException e) {
                // No metadata or no registry for so long: what is left goes again.
                break;
            }
        }
        var in = new BitSet();
        for (int i = 0; i < sent.size(); i++) {
            in.set(i, isAcknowledged(sent.get(i)));
        }
        return in;
    }

    private static boolean isAcknowledged(Future<RecordMetadata> sent) throws InterruptedException {
        while (true) {
            try {
                sent.get(ACKNOWLEDGED_WITHIN_S, TimeUnit.SECONDS);
                return true;
            } catch (ExecutionException e) {
                return false;
            } catch (TimeoutException e) {
                // The producer itself tries on, in order; giving up here would break it.
                continue;
            }
        }
    }

    private List<Integer> acknowledged(Line line, List<Integer> numbers, BitSet in) {
        var left = new ArrayList<Integer>();
        for (int i = 0; i < numbers.size(); i++) {
            if (in.get(i)) {
                ledger.acknowledgePost(line, numbers.get(i));
            } else {
                left.add(numbers.get(i));
            }
        }
        return left;
    }

    /** The unit's numbers, in order; those that are sent twice stand there twice. */
    private static List<Integer> unit(Line line, int from) {
        var numbers = new ArrayList<Integer>();
        for (int number = from; number < Math.min(from + line.unit(), line.count()); number++) {
            numbers.add(number);
            if (line.isSentTwice(number)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private Map<String, Object> producerConfig() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                60_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                600_000);
    }
}
