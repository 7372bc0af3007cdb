package io.memoryreflector.ingest.log;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.springframework.stereotype.Component;

/** Asks Kafka whether it is back, without writing anything. Thread-safe. */
@Component
public final class KafkaProbe {

    private static final int TIMEOUT_MS = 2_000;

    private final Admin admin;
    private final KafkaCircuit circuit;

    KafkaProbe(Admin admin, KafkaCircuit circuit) {
        this.admin = admin;
        this.circuit = circuit;
    }

    /** Whether sends are worth trying; asks Kafka where they were not a moment ago. Waits two seconds at most. */
    public boolean isKafkaThere() {
        return circuit.probe(this::brokers);
    }

    /**
     * How many brokers answer for the cluster. Waits two seconds at most.
     *
     * @throws KafkaException where none answers
     */
    public int brokers() {
        try {
            return admin.describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MS))
                    .nodes()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .size();
        } catch (ExecutionException | TimeoutException away) {
            throw new KafkaException("Kafka does not answer", away);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
