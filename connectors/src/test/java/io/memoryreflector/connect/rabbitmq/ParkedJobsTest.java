package io.memoryreflector.connect.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import io.memoryreflector.events.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParkedJobsTest {

    private static final Instant NOW = Instant.parse("2026-05-03T08:00:00Z");
    private static final ParkedJobs PARKED = new ParkedJobs("q", "default");
    private static final Mapped.Refused WHY =
            new Mapped.Refused("permanent", new IllegalArgumentException("user_id: is missing"), "j", null);

    @Test
    void shouldKeepBytesHeadersAndReason() {
        var letter = PARKED.park(message(1, 7, "body"), WHY, NOW);

        assertThat(StandardCharsets.UTF_8.decode(letter.getOriginalValue()).toString())
                .isEqualTo("body");
        assertThat(letter.getOriginalHeaders())
                .contains(
                        new Header("rabbitmq.header.a", ByteBuffer.wrap(new byte[] {'b'})),
                        new Header("rabbitmq.routing_key", ByteBuffer.wrap("reflection.ada".getBytes())));
        assertThat(letter.getReason()).isEqualTo("permanent");
        assertThat(letter.getLastFailure().getMessage()).isEqualTo("user_id: is missing");
        assertThat(letter.getInteractionId()).isEqualTo("j");
        assertThat(letter.getSourceTopic()).isEqualTo("rabbitmq:q");
        assertThat(letter.getComponent()).isEqualTo("rabbitmq-source");
    }

    @Test
    void shouldBeTheSameLetterAtARedeliveryAndAnotherForAnotherMessage() {
        var first = PARKED.park(message(1, 7, "body"), WHY, NOW).getDeadLetterId();

        assertThat(PARKED.park(message(2, 1, "body"), WHY, NOW.plusSeconds(9)).getDeadLetterId())
                .isEqualTo(first);
        assertThat(PARKED.park(message(1, 7, "other"), WHY, NOW).getDeadLetterId())
                .isNotEqualTo(first);
    }

    @Test
    void shouldKeepOfAHugeBodyWhatARecordHasRoomForAndSayIt() {
        var letter = PARKED.park(message(1, 1, "x".repeat(ParkedJobs.MAX_BODY_BYTES + 1)), WHY, NOW);

        assertThat(letter.getOriginalValue().remaining()).isEqualTo(ParkedJobs.MAX_BODY_BYTES);
        assertThat(letter.getLastFailure().getMessage()).contains("only the first");
    }

    private static JobMessage message(long epoch, long tag, String body) {
        return new JobMessage(
                epoch,
                new Envelope(tag, epoch > 1, "e", "reflection.ada"),
                new BasicProperties.Builder().headers(Map.of("a", "b")).build(),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
