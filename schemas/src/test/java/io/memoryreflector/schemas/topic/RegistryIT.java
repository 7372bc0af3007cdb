package io.memoryreflector.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Role;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.registry.SchemaRegistry;
import io.memoryreflector.schemas.serde.EventSerdes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RegistryIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static LocalStack stack;
    private static SchemaRegistry registry;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(EnumSet.of(Part.KAFKA, Part.REGISTRY));
        registry = new SchemaRegistry(stack.schemaRegistryUrl(), TIMEOUT);
        var catalogue = new SchemaCatalogue(registry);
        catalogue.ensure();
        catalogue.ensure();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldHaveEverySubjectWithItsCompatibility() throws Exception {
        for (var topic : Topics.all()) {
            assertThat(get("/subjects/" + topic.subject() + "/versions")).isEqualTo("[1]");
            assertThat(get("/config/" + topic.subject())).contains(SchemaCatalogue.COMPATIBILITY);
        }
    }

    @Test
    void shouldRefuseASchemaThatCannotReadWhatWasWritten() throws Exception {
        var required = SchemaBuilder.record("UserForgotten")
                .namespace("io.memoryreflector.events")
                .fields()
                .requiredString("something_new")
                .endRecord();

        assertThatThrownBy(() -> registry.register(Topics.ERASURES.subject(), required))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("409");
        var subject = "evolving-value";
        var first = SchemaBuilder.record("R").fields().requiredString("a").endRecord();
        var second = SchemaBuilder.record("R")
                .fields()
                .requiredString("a")
                .optionalString("b")
                .endRecord();
        registry.register(subject, first);
        assertThat(registry.register(subject, second)).isPositive();
    }

    @Test
    void shouldWriteConfluentsWireFormatThatPlainAvroReads() throws Exception {
        var serdes = EventSerdes.of(stack.schemaRegistryUrl());
        var at = Instant.parse("2026-05-02T10:00:00Z");
        var interaction = Interaction.newBuilder()
                .setInteractionId("i1")
                .setUserId("ada/with slash")
                .setOccurredAt(at)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId("m1")
                        .setRole(Role.USER)
                        .setContent("Olá, 世界")
                        .setSentAt(at)
                        .build()))
                .setMetadata(Map.of("channel", "web"))
                .build();

        var bytes = serdes.<Interaction>serializer().serialize(Topics.INTERACTIONS.name(), interaction);

        assertThat(bytes[0]).isZero();
        var id = ByteBuffer.wrap(bytes, 1, 4).getInt();
        var registered = get("/schemas/ids/" + id);
        assertThat(registered).contains("Interaction");
        var decoder = DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null);
        var generic = new GenericDatumReader<GenericRecord>(writerSchema(id)).read(null, decoder);
        assertThat(get("/subjects/" + Topics.INTERACTIONS.subject() + "/versions"))
                .isEqualTo("[1]");
        assertThat(generic.get("user_id")).hasToString("ada/with slash");
        assertThat(serdes.<Interaction>deserializer().deserialize(Topics.INTERACTIONS.name(), bytes))
                .isEqualTo(interaction);
    }

    @Test
    void shouldCreateEveryTopicOnceAndAsTheCatalogueSays() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrapServers()))) {
            var catalogue = new TopicCatalogue(admin, 3, TIMEOUT);
            assertThat(catalogue.ensure()).isEqualTo(3);
            assertThat(catalogue.ensure()).isEqualTo(3);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(admin.listTopics().names().get())
                            .containsAll(Topics.all().stream().map(Topic::name).toList()));
            assertThat(new TopicCatalogue(admin, 5, TIMEOUT).ensure()).isEqualTo(3);
        }
    }

    private static Schema writerSchema(int id) throws Exception {
        return new Schema.Parser().parse(get("/schemas/ids/" + id + "/schema"));
    }

    private static String get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(stack.schemaRegistryUrl() + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
