package io.memoryreflector.connect.rabbitmq;

import com.rabbitmq.client.LongString;
import io.memoryreflector.schemas.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * What of a message's properties and headers goes along as Kafka headers: pure. All but {@code traceparent} have names
 * of their own, so nobody forges by RabbitMQ a header that this project believes.
 */
final class CarriedHeaders {

    static final String PREFIX = "rabbitmq.";
    static final String HEADER_PREFIX = PREFIX + "header.";

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final JsonMapper JSON = new JsonMapper();

    private CarriedHeaders() {}

    /** Of a job; a value may be null. */
    static Map<String, byte[]> of(JobMessage message) {
        var carried = new LinkedHashMap<String, byte[]>();
        var properties = message.properties();
        if (properties.getHeaders() != null) {
            properties.getHeaders().forEach((name, value) -> {
                var bytes = bytes(value);
                var isTrace = name.equals(HeaderNames.TRACEPARENT)
                        && bytes != null
                        && TRACEPARENT.matcher(text(bytes)).matches();
                carried.put(isTrace ? name : HEADER_PREFIX + name, bytes);
            });
        }
        put(carried, "priority", properties.getPriority());
        put(carried, "message_id", properties.getMessageId());
        put(carried, "correlation_id", properties.getCorrelationId());
        return carried;
    }

    /** Of a message that is no job: also what tells where it came from. */
    static Map<String, byte[]> ofRefused(JobMessage message) {
        var carried = of(message);
        var properties = message.properties();
        put(carried, "exchange", message.envelope().getExchange());
        put(carried, "routing_key", message.envelope().getRoutingKey());
        put(carried, "content_type", properties.getContentType());
        put(carried, "content_encoding", properties.getContentEncoding());
        put(carried, "type", properties.getType());
        put(carried, "app_id", properties.getAppId());
        put(carried, "user_id", properties.getUserId());
        put(carried, "timestamp", properties.getTimestamp());
        return carried;
    }

    private static void put(Map<String, byte[]> carried, String name, Object value) {
        if (value != null) {
            carried.put(PREFIX + name, bytes(value));
        }
    }

    private static byte[] bytes(Object value) {
        if (value == null || value instanceof byte[]) {
            return (byte[]) value;
        }
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Object value) {
        if (value instanceof LongString text) {
            return text(text.getBytes());
        }
        if (value instanceof Date date) {
            return date.toInstant().toString();
        }
        return value instanceof Map<?, ?> || value instanceof Iterable<?>
                ? JSON.writeValueAsString(plain(value))
                : String.valueOf(value);
    }

    /** The client's own types inside of tables and lists, as JSON can show them. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> table) {
            var plain = new LinkedHashMap<String, Object>();
            table.forEach((key, entry) -> plain.put(String.valueOf(key), plain(entry)));
            return plain;
        }
        if (value instanceof Iterable<?> list) {
            var plain = new ArrayList<Object>();
            list.forEach(entry -> plain.add(plain(entry)));
            return plain;
        }
        return value == null || value instanceof Number || value instanceof Boolean || value instanceof byte[]
                ? value
                : text(value);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
