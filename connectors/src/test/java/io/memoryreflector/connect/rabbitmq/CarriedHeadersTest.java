package io.memoryreflector.connect.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.impl.LongStringHelper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CarriedHeadersTest {

    @Test
    void shouldCarryEveryKindOfValueUnderANameThatNobodyBelieves() {
        var headers = new HashMap<String, Object>();
        headers.put("text", LongStringHelper.asLongString("héllo"));
        headers.put("number", 7);
        headers.put("bytes", new byte[] {0, (byte) 0xff});
        headers.put("time", Date.from(Instant.parse("2026-05-02T10:00:00Z")));
        headers.put("nothing", null);
        headers.put("x-death", List.of(Map.of("count", 1L, "queue", LongStringHelper.asLongString("q"))));
        headers.put("reflector-retry-now", "1");

        var carried = CarriedHeaders.of(message(headers));

        assertThat(text(carried))
                .containsEntry("rabbitmq.header.text", "héllo")
                .containsEntry("rabbitmq.header.number", "7")
                .containsEntry("rabbitmq.header.time", "2026-05-02T10:00:00Z")
                .containsEntry("rabbitmq.header.nothing", null)
                .containsEntry("rabbitmq.header.reflector-retry-now", "1")
                .containsEntry("rabbitmq.priority", "2")
                .doesNotContainKeys("reflector-retry-now", "rabbitmq.routing_key");
        assertThat(text(carried).get("rabbitmq.header.x-death")).contains("\"count\":1", "\"queue\":\"q\"");
        assertThat(carried.get("rabbitmq.header.bytes")).containsExactly(0, 0xff);
        assertThat(text(CarriedHeaders.ofRefused(message(headers))))
                .containsEntry("rabbitmq.routing_key", "reflection.ada");
    }

    @Test
    void shouldTakeUpATraceOnlyIfItIsOne() {
        var trace = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";

        assertThat(text(CarriedHeaders.of(message(Map.of("traceparent", trace)))))
                .containsEntry("traceparent", trace);
        assertThat(text(CarriedHeaders.of(message(Map.of("traceparent", "mine")))))
                .containsEntry("rabbitmq.header.traceparent", "mine")
                .doesNotContainKey("traceparent");
    }

    @Test
    void shouldTakeAMessageWithoutHeaders() {
        assertThat(text(CarriedHeaders.of(message(null)))).isEqualTo(Map.of("rabbitmq.priority", "2"));
    }

    private static JobMessage message(Map<String, Object> headers) {
        return new JobMessage(
                1,
                new Envelope(1, false, "e", "reflection.ada"),
                new BasicProperties.Builder().headers(headers).priority(2).build(),
                new byte[0]);
    }

    private static Map<String, String> text(Map<String, byte[]> carried) {
        var text = new LinkedHashMap<String, String>();
        carried.forEach(
                (name, value) -> text.put(name, value == null ? null : new String(value, StandardCharsets.UTF_8)));
        return text;
    }
}
