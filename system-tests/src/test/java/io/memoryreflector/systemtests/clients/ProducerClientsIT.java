package io.memoryreflector.systemtests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.crypto.tink.Aead;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.encryption.DataKey;
import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.encryption.UserKeys;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.systemtests.model.load.CommittedRecords;
import io.memoryreflector.systemtests.model.load.Feed;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the example files of docs/clients as they are, beside a system with encryption on: what they send is reflected,
 * sealed where they send it to the inbox, and no schema changes.
 */
class ProducerClientsIT {

    private static final Path EXAMPLES = Path.of("..", "docs", "clients", "examples");
    private static final Path WORK = Path.of("target", "producer-clients", "javascript");
    private static final Duration INSTALLED_WITHIN = Duration.ofMinutes(4);
    private static final Duration RUN_WITHIN = Duration.ofMinutes(1);
    private static final Duration REFLECTED_WITHIN = Duration.ofMinutes(1);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Pattern SENT = Pattern.compile("sent to partition (\\d+) at offset (\\d+)");

    private static final Map<String, String> TO_INBOX = Map.of("MEMORY_TOPIC", Topics.INBOX.name());

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");

    /** Sends the bytes of its argument without a time. */
    private static final String TIMELESS = """
            const { Kafka, Partitioners } = require('kafkajs');
            const kafka = new Kafka({ brokers: [process.env.KAFKA_BOOTSTRAP_SERVERS] });
            const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
            const value = Buffer.from(process.argv[1], 'base64');
            producer.connect()
                .then(() => producer.send({
                    topic: 'memory.interactions',
                    messages: [{ key: 'default/no-time', value, timestamp: '-1' }],
                }))
                .then(() => producer.disconnect());
            """;

    private static LocalStack stack;
    private static String subjects;
    private static EventSerdes plain;
    private static CommittedRecords log;
    private static CompletableFuture<Optional<Path>> javascript;

    /** Opens nothing: what is sealed reads as such. */
    private static final class SealedIsSaid implements UserKeys, Aead {

        static final String SEALED = "(sealed)";

        @Override
        public DataKey current(UserKey user) {
            throw new UnsupportedOperationException("seals nothing");
        }

        @Override
        public Optional<DataKey> find(UserKey user, UUID id) {
            return Optional.of(new DataKey(id, AT, this));
        }

        @Override
        public byte[] encrypt(byte[] plain, byte[] bound) {
            throw new UnsupportedOperationException("seals nothing");
        }

        @Override
        public byte[] decrypt(byte[] sealed, byte[] bound) {
            return SEALED.getBytes(StandardCharsets.UTF_8);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        // Downloading and starting take about as long: both at once.
        javascript = CompletableFuture.supplyAsync(ProducerClientsIT::installed);
        stack = LocalStack.start(
                EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REFLECTOR),
                Map.of("REFLECTOR_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32])));
        subjects = get("/subjects");
        plain = EventSerdes.of(stack.schemaRegistryUrl());
        log = new CommittedRecords(stack.kafkaBootstrapServers(), plain.sealedBy(new EventSealing(new SealedIsSaid())));
    }

    @AfterAll
    static void stop() {
        // No npm outlives the test, whichever way it ends.
        javascript.handle((folder, failure) -> null).join();
        stack.close();
    }

    @AfterEach
    void shouldHaveRegisteredNoSchema() throws Exception {
        assertThat(get("/subjects")).isEqualTo(subjects);
        assertThat(get("/subjects/" + Topics.INTERACTIONS.subject() + "/versions"))
                .isEqualTo("[1]");
    }

    @Test
    void shouldReflectWhatConfluentsJavaScriptSerialiserSends() throws Exception {
        ExampleProgram.assumeInstalled("node", "npm");

        var output = inJavaScript(Map.of(), "send.js", "js-ada", "I moved to Lisbon.");

        assertReflected("js-ada", output, "I moved to Lisbon.");
    }

    @Test
    void shouldSealWhatConfluentsJavaScriptSerialiserSendsToTheInbox() throws Exception {
        ExampleProgram.assumeInstalled("node", "npm");

        inJavaScript(TO_INBOX, "send.js", "js-eve", "I moved to Braga.");

        assertSealedAndReflected("js-eve", "I moved to Braga.");
    }

    /** Kafka takes what Java's own producer refuses to send. */
    @Test
    void shouldReflectOnARecordThatHasNoTime() throws Exception {
        ExampleProgram.assumeInstalled("node", "npm");
        var interaction = Feed.interaction("no-time", "no-time-1", "I moved to Evora.", AT, Priority.NORMAL);
        var value = plain.<Interaction>serializer().serialize(Topics.INTERACTIONS.name(), interaction);

        inJavaScript(Map.of(), "-e", TIMELESS, Base64.getEncoder().encodeToString(value));

        assertThat(records("no-time")).extracting(ConsumerRecord::timestamp).containsExactly(-1L);
        assertCompleted("no-time", "no-time-1");
    }

    @Test
    void shouldReflectWhatAPlainJavaProducerSends(@TempDir Path folder) throws Exception {
        var output = inPlainJava(folder, Map.of(), "java-ada", "I moved to Porto.");

        assertReflected("java-ada", output, "I moved to Porto.");
    }

    @Test
    void shouldSealWhatAPlainJavaProducerSendsToTheInbox(@TempDir Path folder) throws Exception {
        inPlainJava(folder, TO_INBOX, "java-eve", "I moved to Viseu.");

        assertSealedAndReflected("java-eve", "I moved to Viseu.");
    }

    @Test
    void shouldSealWhatTheSdkSendsToTheInbox(@TempDir Path folder) throws Exception {
        var client = Path.of("..", "client", "target").toAbsolutePath();
        var classpath = String.join(
                File.pathSeparator,
                client.resolve("test-classes").toString(),
                client.resolve("classes").toString(),
                Files.readString(client.resolve("test-classpath")));

        var output = program(folder, Map.of())
                .run(RUN_WITHIN, List.of(JAVA, "-cp", classpath, "io.memoryreflector.client.examples.ToInbox"));

        assertThat(output).contains("collected ");
        assertSealedAndReflected("ada", "I moved to Lisbon last week.");
    }

    private static String inPlainJava(Path folder, Map<String, String> settings, String user, String text)
            throws Exception {
        var source = EXAMPLES.resolve("java").resolve("SendInteraction.java");
        // This module's own classes hold nothing that the program needs but how much the libraries log.
        var classpath = Path.of("target", "classes").toAbsolutePath()
                + File.pathSeparator
                + Files.readString(Path.of("target", "test-classpath"));

        return program(folder, settings)
                .run(
                        RUN_WITHIN,
                        List.of(JAVA, "-cp", classpath, source.toAbsolutePath().toString(), user, text));
    }

    @Test
    void shouldReflectOnARecordThatKcatSendsAgain(@TempDir Path folder) throws Exception {
        ExampleProgram.assumeInstalled("kcat", "bash");
        try (var feed = new Feed(stack.kafkaBootstrapServers(), plain)) {
            feed.send(List.of(Feed.interaction("kcat-ada", "", "I moved to Faro.", AT, Priority.NORMAL)), sent -> {});
        }
        var first = records("kcat-ada").get(0);

        withKcat(folder, Map.of(), first);

        var both = records("kcat-ada");
        assertThat(both).hasSize(2).extracting(ConsumerRecord::partition).containsOnly(first.partition());
        assertThat(both).extracting(ConsumerRecord::value).containsOnly(first.value());
        for (var record : both) {
            assertCompleted("kcat-ada", Ids.interaction(record.topic(), record.partition(), record.offset()));
        }
    }

    @Test
    void shouldSealARecordThatKcatSendsOnToTheInbox(@TempDir Path folder) throws Exception {
        ExampleProgram.assumeInstalled("kcat", "bash");
        try (var feed = new Feed(stack.kafkaBootstrapServers(), plain)) {
            feed.send(List.of(Feed.interaction("kcat-eve", "", "I moved to Beja.", AT, Priority.NORMAL)), sent -> {});
        }

        withKcat(folder, TO_INBOX, records("kcat-eve").get(0));

        assertSealedAndReflected("kcat-eve", "I moved to Beja.");
    }

    private static void withKcat(Path folder, Map<String, String> settings, ConsumerRecord<?, ?> record)
            throws Exception {
        program(folder, settings)
                .run(
                        RUN_WITHIN,
                        List.of(
                                "bash",
                                EXAMPLES.resolve("kcat")
                                        .resolve("send-again.sh")
                                        .toAbsolutePath()
                                        .toString(),
                                Integer.toString(record.partition()),
                                Long.toString(record.offset())));
    }

    /** The folder with the JavaScript example and its libraries; empty without npm. */
    private static Optional<Path> installed() {
        if (!ExampleProgram.isInstalled("npm")) {
            return Optional.empty();
        }
        try {
            // Outside of the source tree, and kept until the next clean: npm leaves alone what is there.
            var folder = Files.createDirectories(WORK);
            for (var file : List.of("package.json", "send.js")) {
                Files.write(
                        folder.resolve(file),
                        Files.readAllBytes(EXAMPLES.resolve("javascript").resolve(file)));
            }
            var install = "npm install --no-package-lock --ignore-scripts --no-audit --no-fund --prefer-offline";
            new ExampleProgram(folder, Map.of()).run(INSTALLED_WITHIN, List.of(install.split(" ")));
            return Optional.of(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String inJavaScript(Map<String, String> settings, String... arguments) throws Exception {
        var folder = javascript.get(INSTALLED_WITHIN.toSeconds(), TimeUnit.SECONDS);
        var command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        return program(folder.orElseThrow(), settings).run(RUN_WITHIN, command);
    }

    private static ExampleProgram program(Path folder, Map<String, String> settings) {
        var environment = new HashMap<>(settings);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", stack.kafkaBootstrapServers());
        environment.put("SCHEMA_REGISTRY_URL", stack.schemaRegistryUrl());
        environment.put(
                "APICURIO_REGISTRY_URL",
                URI.create(stack.schemaRegistryUrl())
                        .resolve("/apis/registry/v3")
                        .toString());
        return new ExampleProgram(folder, environment);
    }

    /** The inbox got the text, and the log has it from there, sealed. */
    private static void assertSealedAndReflected(String user, String text) {
        var sent = records(Topics.INBOX, user);
        assertThat(sent).hasSize(1);
        var record = sent.get(0);
        assertThat(record.value().getMessages()).extracting(Message::getContent).contains(text);
        var given = record.value().getInteractionId();
        var id = given.isEmpty() ? Ids.interaction(record.topic(), record.partition(), record.offset()) : given;
        assertCompleted(user, id);
        assertThat(records(user))
                .filteredOn(logged -> logged.value().getInteractionId().equals(id))
                .singleElement()
                .satisfies(logged -> assertThat(logged.value().getMessages())
                        .extracting(Message::getContent)
                        .containsOnly(SealedIsSaid.SEALED));
    }

    /** The log holds what the producer wrote and nothing more; all else goes by the id of its place there. */
    private static void assertReflected(String user, String output, String text) {
        var sent = SENT.matcher(output);
        assertThat(sent.find()).as(output).isTrue();
        var record = records(user).get(0);
        assertThat(record.partition())
                .isEqualTo(Integer.parseInt(sent.group(1)))
                .isEqualTo(BuiltInPartitioner.partitionForKey(
                        record.key().getBytes(StandardCharsets.UTF_8), Topics.DEFAULT_PARTITIONS));
        assertThat(record.offset()).isEqualTo(Long.parseLong(sent.group(2)));
        assertThat(record.value().getInteractionId()).isEmpty();
        assertThat(record.value().getOccurredAt()).isEqualTo(Instant.EPOCH);
        assertThat(record.value().getMessages()).extracting(Message::getContent).containsExactly(text);
        assertCompleted(user, Ids.interaction(record.topic(), record.partition(), record.offset()));
    }

    private static void assertCompleted(String user, String id) {
        var status = await().atMost(REFLECTED_WITHIN)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> lastStatus(id), last -> last != null && last.getState() == ReflectionState.COMPLETED);
        assertThat(status.getUserId()).isEqualTo(user);
        assertThat(status.getTiers())
                .extracting(TierStatus::getTier)
                .containsExactlyInAnyOrder(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);
        assertThat(status.getTiers()).extracting(TierStatus::getState).containsOnly(ReflectionState.COMPLETED);
    }

    private static ReflectionStatus lastStatus(String id) {
        var statuses = new ArrayList<ReflectionStatus>();
        log.<ReflectionStatus>read(Topics.REFLECTIONS, record -> {
            if (record.key().equals(id)) {
                statuses.add(record.value());
            }
        });
        return statuses.isEmpty() ? null : statuses.get(statuses.size() - 1);
    }

    private static List<ConsumerRecord<String, Interaction>> records(String user) {
        return records(Topics.INTERACTIONS, user);
    }

    private static List<ConsumerRecord<String, Interaction>> records(Topic topic, String user) {
        var records = new ArrayList<ConsumerRecord<String, Interaction>>();
        log.<Interaction>read(topic, record -> {
            if (record.key().equals("default/" + user)) {
                records.add(record);
            }
        });
        return records;
    }

    private static String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(stack.schemaRegistryUrl() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
