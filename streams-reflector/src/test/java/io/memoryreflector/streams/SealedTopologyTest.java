package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.encryption.DataKey;
import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.encryption.UserKeys;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With encryption on, nothing that leaves the topology or stays in it can be read without its user's key. */
class SealedTopologyTest {

    private static final String SECRET = "Lisbon";
    private static final UserKey ADA = new UserKey("default", "ada");

    private final Keys keys = new Keys();
    private final EventSealing sealing = new EventSealing(keys);
    private final TopologyFixture fixture = new TopologyFixture(sealing);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldReflectWhatIsSealedAndWriteItSealed() {
        fixture.send("ada", "i1", "I moved to Lisbon");
        fixture.succeedAll();

        assertThat(fixture.statuses()).last().satisfies(status -> assertThat(status.getTiers())
                .hasSize(3));
        fixture.send("ada", "i2", "I moved to Lisbon again");
        fixture.succeedAll();
        assertThat(fixture.tasks(Tier.SEMANTIC)).last().satisfies(task -> assertThat(
                        task.getContext().get(0).getContent())
                .contains(SECRET));
        assertThat(fixture.facts(Tier.SEMANTIC)).hasSize(2);
        fixture.send("ada", "i3", "I moved to Lisbon again");
        fixture.succeedAll();
        assertThat(readable()).isEmpty();
    }

    @Test
    void shouldParkAndRetryWhatIsSealed() {
        fixture.send("ada", "i1", "I moved to Lisbon");
        fixture.semantic.open().get(0).fail(new ReflectionFailure.Permanent(new IllegalStateException("no " + SECRET)));
        fixture.episodic
                .open()
                .get(0)
                .fail(new ReflectionFailure.Transient(new IllegalStateException("no " + SECRET), Optional.empty()));
        fixture.tick();

        assertThat(bytes("test-pending-procedural-changelog")).isNotEmpty();
        assertThat(readable()).isEmpty();
    }

    @Test
    void shouldSealWhatAModelTellsOfASessionAndWhatIsChangedByHand() {
        fixture.send("ada", "i1", "I moved to Lisbon");
        fixture.succeedAll();
        var fact = fixture.facts(Tier.SEMANTIC).get(0);
        TestInputTopic<String, SpecificRecord> amendments = fixture.driver.createInputTopic(
                Topics.AMENDMENTS.name(), new StringSerializer(), fixture.serdes.serializer());
        amendments.pipeInput(
                ADA.toString(),
                MemoryAmended.newBuilder()
                        .setAmendmentId("a1")
                        .setNamespace("default")
                        .setUserId("ada")
                        .setMemoryId(fact.getMemoryId())
                        .setTier(Tier.SEMANTIC)
                        .setRecordedAt(fact.getRecordedAt())
                        .setText("Ada moved to Lisbon, Ohio.")
                        .setReleased(false)
                        .setAmendedAt(TopologyFixture.START)
                        .build());
        fixture.advance(TopologyFixture.IDLE_GAP.plusSeconds(3));
        fixture.tick();
        fixture.advance(Duration.ofSeconds(1));
        fixture.sessions.only().tell("Ada told of Lisbon.");
        fixture.advance(Duration.ofSeconds(1));

        var told = bytes(Topics.SESSIONS.name());
        var changes = bytes("test-fact-changes-changelog");
        // A key and a value for each record: the extract and the model's words, and one change.
        assertThat(told).hasSize(4).noneMatch(value -> text(value).contains(SECRET));
        assertThat(changes).hasSize(2).noneMatch(value -> text(value).contains(SECRET));
        assertThat(readable()).isEmpty();
    }

    @Test
    void shouldSealPoisonWhole() {
        fixture.driver
                .createInputTopic(Topics.INTERACTIONS.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(ADA.toString(), "no Avro, but Lisbon".getBytes(StandardCharsets.UTF_8));

        var parked = bytes(Topics.DEAD_LETTERS.name());

        assertThat(parked).hasSize(2).first().isEqualTo(ADA.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(text(parked.get(1))).doesNotContain(SECRET);
        assertThat(text(sealing.openBytes(ADA, parked.get(1)))).isEqualTo("no Avro, but Lisbon");
    }

    @Test
    void shouldSealWhatComesThroughTheInbox() {
        var plain = new NamedAvroSerializer();
        TestInputTopic<String, SpecificRecord> inbox =
                fixture.driver.createInputTopic(Topics.INBOX.name(), new StringSerializer(), plain);

        inbox.pipeInput(
                ADA.toString(),
                TopologyFixture.interaction("ada", "", "I moved to Lisbon").build());

        var written = bytes(Topics.INTERACTIONS.name());
        assertThat(written).hasSize(2);
        assertThat(text(written.get(1))).doesNotContain(SECRET);
        assertThat(fixture.tasks(Tier.EPISODIC)).singleElement().satisfies(task -> {
            assertThat(task.getInteractionId()).isEqualTo(Ids.interaction(Topics.INBOX.name(), 0, 0));
            assertThat(task.getMessages().get(0).getContent()).contains(SECRET);
        });
    }

    @Test
    void shouldPassOverWhatIsOfAForgottenUser() {
        var sealed = fixture.serdes
                .serializer()
                .serialize(
                        Topics.INTERACTIONS.name(),
                        TopologyFixture.interaction("ada", "i1", "I moved to Lisbon")
                                .build());
        keys.known.remove(ADA);
        TestInputTopic<String, byte[]> raw = fixture.driver.createInputTopic(
                Topics.INTERACTIONS.name(), new StringSerializer(), new ByteArraySerializer());

        raw.pipeInput(ADA.toString(), sealed);
        fixture.send("bob", "i2", "I moved to Porto");
        fixture.succeedAll();

        assertThat(fixture.deadLetters()).isEmpty();
        assertThat(fixture.tasks(Tier.EPISODIC)).hasSize(1);
        assertThat(fixture.facts(Tier.EPISODIC)).hasSize(1);
    }

    /** The topics and changelogs that hold the secret in the clear; reads them to their end. */
    private List<String> readable() {
        var topics = new ArrayList<String>();
        Topics.all().stream().map(Topic::name).forEach(topics::add);
        for (var store : fixture.driver.getAllStateStores().keySet()) {
            topics.add("test-" + store + "-changelog");
        }
        return topics.stream()
                .filter(topic -> !topic.equals(Topics.INTERACTIONS.name()))
                .filter(topic ->
                        bytes(topic).stream().anyMatch(value -> text(value).contains(SECRET)))
                .toList();
    }

    /** Keys and values. */
    private List<byte[]> bytes(String topic) {
        var output = fixture.driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var all = new ArrayList<byte[]>();
        while (!output.isEmpty()) {
            var record = output.readKeyValue();
            all.add(record.key == null ? new byte[0] : record.key);
            all.add(record.value == null ? new byte[0] : record.value);
        }
        return all;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Keys that die with the test. */
    private static final class Keys implements UserKeys {

        private final Map<UserKey, DataKey> known = new HashMap<>();

        @Override
        public DataKey current(UserKey user) {
            return known.computeIfAbsent(user, missing -> {
                try {
                    return new DataKey(UUID.randomUUID(), Instant.EPOCH, new AesGcmJce(Random.randBytes(32)));
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        @Override
        public Optional<DataKey> find(UserKey user, UUID id) {
            return Optional.ofNullable(known.get(user)).filter(key -> key.id().equals(id));
        }
    }
}
