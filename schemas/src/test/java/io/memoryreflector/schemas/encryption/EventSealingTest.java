package io.memoryreflector.schemas.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.events.Header;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Role;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSealingTest {

    private static final String SECRET = "I moved to Lisbon";

    private final KeysInMemory keys = new KeysInMemory();
    private final EventSealing sealing = new EventSealing(keys);

    @Test
    void shouldSealWhatWasSaidAndNothingElse() {
        var plain = interaction("ada", SECRET);

        var sealed = sealing.seal(plain);

        assertThat(sealed.toString())
                .doesNotContain("Lisbon")
                .doesNotContain("Ada Lovelace")
                .doesNotContain("web");
        assertThat(sealed.getInteractionId()).isEqualTo("i1");
        assertThat(sealed.getUserId()).isEqualTo("ada");
        assertThat(sealed.getMessages().get(0).getMessageId()).isEqualTo("m1");
        assertThat(sealed.getMetadata()).containsOnlyKeys("channel");
        assertThat(plain).isEqualTo(interaction("ada", SECRET));
        assertThat(sealing.open(sealed)).isEqualTo(plain);
    }

    @Test
    void shouldSealBytesListsAndWhatIsInside() {
        var plain = episode();

        var sealed = sealing.seal(plain);

        assertThat(sealed.getParticipants()).hasSize(2).doesNotContain("Ada", "Eve");
        assertThat(sealed.getEmbedding().getVector())
                .isNotEqualTo(plain.getEmbedding().getVector());
        assertThat(sealing.open(sealed)).isEqualTo(plain);
    }

    @Test
    void shouldNotSealTheSameTwiceAlike() {
        var text = sealing.seal(interaction("ada", SECRET)).getMessages().get(0).getContent();

        assertThat(sealing.seal(interaction("ada", SECRET)).getMessages().get(0).getContent())
                .isNotEqualTo(text);
    }

    @Test
    void shouldBeUnreadableOnceTheKeyIsDestroyed() {
        var sealed = sealing.seal(interaction("ada", SECRET));
        keys.destroy(new UserKey("default", "ada"));

        assertThatThrownBy(() -> sealing.open(sealed))
                .isInstanceOf(KeyDestroyed.class)
                .satisfies(e -> assertThat(KeyDestroyed.explains(new RuntimeException(e)))
                        .isTrue());
    }

    @Test
    void shouldOpenNothingThatWasPutElsewhere() {
        var ada = sealing.seal(interaction("ada", SECRET));
        var message = ada.getMessages().get(0);
        message.setAuthor(message.getContent());

        assertThatThrownBy(() -> sealing.open(ada))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Message.author is not what was sealed");
    }

    @Test
    void shouldReadPlainEventsAsTheyAre() {
        var words = interaction("ada", "mr-sealed:1: is how a sealed text begins");

        assertThat(sealing.open(words)).isEqualTo(words);
        assertThat(sealing.open(sealing.seal(words))).isEqualTo(words);
    }

    @Test
    void shouldCopyNothingWhereNothingIsSealed() {
        var plain = interaction("ada", SECRET);

        assertThat(EventSealing.none().seal(plain)).isSameAs(plain);
        assertThat(EventSealing.none().open(plain)).isSameAs(plain);
    }

    @Test
    void shouldNotTakeASealedTextForWhatSomebodySaid() {
        var sealed = sealing.seal(interaction("ada", SECRET));

        assertThatThrownBy(() -> EventSealing.none().open(sealed))
                .isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("REFLECTOR_MASTER_KEY: is not set");
    }

    @Test
    void shouldSealADeadLetterOfAUserWhomOnlyItsKeyNames() {
        var letter = deadLetter(ByteBuffer.wrap("default/ada".getBytes(StandardCharsets.UTF_8)));

        var sealed = sealing.seal(letter);

        assertThat(sealed.getOriginalKey()).isEqualTo(letter.getOriginalKey());
        assertThat(sealed.toString()).doesNotContain("Lisbon");
        assertThat(sealing.open(sealed)).isEqualTo(letter);
        keys.destroy(new UserKey("default", "ada"));
        assertThatThrownBy(() -> sealing.open(sealed)).isInstanceOf(KeyDestroyed.class);
    }

    @Test
    void shouldSealADeadLetterOfNobody() {
        var letter = deadLetter(null);

        var sealed = sealing.seal(letter);

        assertThat(sealed.toString()).doesNotContain("Lisbon");
        assertThat(sealing.open(sealed)).isEqualTo(letter);
    }

    static List<Schema> schemas() {
        return Topics.all().stream().map(Topic::schema).toList();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldHaveAnOwnerWhereverSomethingIsPersonal(Schema schema) {
        if (!schema.toString().contains("PII")) {
            return;
        }
        assertThat(schema.getFields()).extracting(Schema.Field::name).contains("namespace", "user_id");
    }

    private static Interaction interaction(String user, String content) {
        return Interaction.newBuilder()
                .setInteractionId("i1")
                .setNamespace("default")
                .setUserId(user)
                .setMessages(
                        new ArrayList<>(List.of(new Message("m1", Role.USER, "Ada Lovelace", content, Instant.EPOCH))))
                .setOccurredAt(Instant.EPOCH)
                .setMetadata(Map.of("channel", "web"))
                .build();
    }

    private static Episode episode() {
        return Episode.newBuilder()
                .setMemoryId("e1")
                .setNamespace("default")
                .setUserId("ada")
                .setOccurredAt(Instant.EPOCH)
                .setRecordedAt(Instant.EPOCH)
                .setSources(List.of())
                .setReflector(new ReflectorVersion("offline", "1", null))
                .setEmbedding(new Embedding("m", ByteBuffer.wrap(new byte[] {1, 2, 3, 4})))
                .setSummary(SECRET)
                .setParticipants(List.of("Ada", "Eve"))
                .build();
    }

    private static DeadLetter deadLetter(ByteBuffer key) {
        return DeadLetter.newBuilder()
                .setDeadLetterId("d1")
                .setSourceTopic("t")
                .setSourcePartition(0)
                .setSourceOffset(1)
                .setSourceTimestamp(Instant.EPOCH)
                .setOriginalKey(key)
                .setOriginalValue(ByteBuffer.wrap(SECRET.getBytes(StandardCharsets.UTF_8)))
                .setOriginalHeaders(
                        List.of(new Header("h", ByteBuffer.wrap("Lisbon".getBytes(StandardCharsets.UTF_8)))))
                .setReason("poison")
                .setLastFailure(new ErrorInfo("poison", "E", "'Lisbon' is no number", Instant.EPOCH))
                .setStackTrace("at Lisbon")
                .build();
    }
}
