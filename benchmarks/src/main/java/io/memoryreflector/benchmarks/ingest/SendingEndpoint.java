package io.memoryreflector.benchmarks.ingest;

import io.memoryreflector.schemas.topic.Topics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The least that any service of this kind does: Spring's web server reads a body, hands it to Kafka's producer as it is and
 * answers 202 once Kafka has it. What it makes of the cores is what the bare endpoint and the bare producer leave each other.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SendingEndpoint {

    private static final long ACKNOWLEDGED_S = 10;

    private final AtomicLong number = new AtomicLong();

    /** Takes the port and the address of Kafka as its arguments; ends with its process. */
    public static void main(String[] args) {
        BareEndpoint.start(SendingEndpoint.class, args[0], Map.of("bench.kafka", args[1]));
    }

    @Bean(destroyMethod = "close")
    Producer<String, byte[]> producer(@Value("${bench.kafka}") String bootstrapServers) {
        return new KafkaProducer<>(
                BareProducer.config(bootstrapServers, Map.of()), new StringSerializer(), new ByteArraySerializer());
    }

    @Bean
    RouterFunction<ServerResponse> taken(Producer<String, byte[]> producer) {
        return RouterFunctions.route()
                .POST("/api/v1/interactions", request -> {
                    producer.send(record(request.body(byte[].class))).get(ACKNOWLEDGED_S, TimeUnit.SECONDS);
                    return ServerResponse.status(HttpStatus.ACCEPTED).body(Map.of("status", "queued_reflection"));
                })
                .build();
    }

    private ProducerRecord<String, byte[]> record(byte[] body) {
        return new ProducerRecord<>(Topics.INTERACTIONS.name(), Interactions.key(number.getAndIncrement()), body);
    }
}
