package io.memoryreflector.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.registry.SchemaRegistry;
import io.memoryreflector.schemas.topic.SchemaCatalogue;
import io.memoryreflector.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** A collector as {@code KAFKA_*} says, against a broker that speaks TLS alone and asks for a password. */
class SecuredKafkaIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String JAAS = "KAFKA_SASL_JAAS_CONFIG";

    @Test
    void shouldCollectWithThePasswordAndNotWithout() throws Exception {
        try (var stack = LocalStack.startSecured(EnumSet.of(Part.KAFKA, Part.REGISTRY), Map.of())) {
            var security = stack.security();
            var environment = new HashMap<String, String>();
            environment.put("KAFKA_BOOTSTRAP_SERVERS", stack.kafkaBootstrapServers());
            environment.put("SCHEMA_REGISTRY_URL", stack.schemaRegistryUrl());
            environment.put("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
            environment.put("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");
            environment.put(JAAS, security.jaas());
            environment.put("KAFKA_SSL_TRUSTSTORE_TYPE", "PKCS12");
            environment.put(
                    "KAFKA_SSL_TRUSTSTORE_LOCATION", security.trustStore().toString());
            environment.put("KAFKA_SSL_TRUSTSTORE_PASSWORD", security.password());
            try (var admin = Admin.create(new Environment(environment).kafkaClient())) {
                new TopicCatalogue(admin, 1, PATIENCE).ensure();
            }
            new SchemaCatalogue(new SchemaRegistry(stack.schemaRegistryUrl(), PATIENCE)).ensure();

            assertThat(sent(environment, PATIENCE)).isOne();

            environment.put(JAAS, security.jaas().replace(security.password(), "wrong"));
            assertThat(sent(environment, Duration.ofSeconds(3))).isZero();
        }
    }

    private static long sent(Map<String, String> environment, Duration within) {
        var collector =
                MemoryCollector.start(Target.kafka(new Environment(environment)), CollectorSettings.development());
        collector.collect("ada", "I live in Lisbon.", "How is it?");
        collector.close(within);
        return collector.statistics().sent();
    }
}
