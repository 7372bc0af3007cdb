import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends one message of a user: {@code SendInteraction ada "I moved to Lisbon last week."} */
public class SendInteraction {

    private static final String KAFKA = setting("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092");
    private static final String REGISTRY = setting("APICURIO_REGISTRY_URL", "http://127.0.0.1:8081/apis/registry/v3");
    private static final String TOPIC = setting("MEMORY_TOPIC", "memory.interactions");

    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage: SendInteraction USER TEXT");
            System.exit(2);
        }
        var user = args[0];
        var value = interaction(registeredSchema(), user, args[1]);
        Map<String, Object> config = Map.of(
                "bootstrap.servers", KAFKA,
                "key.serializer", StringSerializer.class,
                "value.serializer", AvroKafkaSerializer.class,
                "apicurio.registry.url", REGISTRY,
                // The schema is the registry's: nothing is registered by a producer.
                "apicurio.registry.auto-register", false,
                "apicurio.registry.find-latest", true,
                "apicurio.registry.artifact-resolver-strategy",
                        "io.apicurio.registry.serde.strategy.TopicIdStrategy",
                // These two make Confluent's wire format: the id stands in the value, not in a header.
                "apicurio.registry.use-id", "contentId",
                "apicurio.registry.headers.enabled", false);
        try (var producer = new KafkaProducer<String, GenericRecord>(config)) {
            var sent = producer.send(new ProducerRecord<>(TOPIC, "default/" + user, value)).get();
            System.out.println("sent to partition " + sent.partition() + " at offset " + sent.offset());
        }
    }

    /** What is left out gets its default: namespace, ids, times, session, priority. */
    private static GenericRecord interaction(Schema schema, String user, String text) {
        var message = schema.getField("messages").schema().getElementType();
        var role = new GenericData.EnumSymbol(message.getField("role").schema(), "USER");
        return new GenericRecordBuilder(schema)
                .set("user_id", user)
                .set("messages", List.of(new GenericRecordBuilder(message)
                        .set("role", role)
                        .set("content", text)
                        .build()))
                .build();
    }

    private static Schema registeredSchema() throws IOException, InterruptedException {
        var address = REGISTRY + "/groups/default/artifacts/" + TOPIC + "-value/versions/branch=latest/content";
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20)).build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(address + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return new Schema.Parser().parse(answer.body());
    }

    private static String setting(String name, String usual) {
        var value = System.getenv(name);
        return value == null || value.isEmpty() ? usual : value;
    }
}
