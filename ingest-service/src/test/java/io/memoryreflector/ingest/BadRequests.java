package io.memoryreflector.ingest;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that no caller should send, as the bytes that go over the wire: valid ones with something wrong in them, and
 * plain rubbish. The same random numbers make the same request. Not thread-safe: one for each request.
 */
final class BadRequests {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<String> BODIES = List.of("""
            {"user_id": "u", "session_id": "s", "namespace": "default", "category": "chat", "priority": "high",
             "interaction_id": "i", "occurred_at": "2026-05-02T10:00:00Z", "metadata": {"channel": "web", "turn": 3},
             "messages": [{"message_id": "m1", "role": "user", "author": "Ada", "content": "I moved to Lisbon.",
                           "sent_at": "2026-05-02T10:00:00Z"}, {"role": "assistant", "content": "How is it?"}]}""", """
            {"user_id": "u", "user_message": "hello", "assistant_response": "hi"}""", """
            [{"user_id": "u", "user_message": "one"}, {"user_id": "u", "content": "two", "metadata": {"a": [1, {}]}}]""", """
            {"filter": {"tier": "semantic", "error": "x", "user_id": "u", "from": "2026-05-02T10:00:00Z"}, "dry_run": true,
             "limit": 10, "rate_per_second": 5, "patch": {"a": 1}, "reason": "r", "tier": "semantic", "user_id": "u"}""");

    /** Values as they stand in JSON. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e999999",
            "-1e-999999",
            "123456789012345678901234567890",
            "0.1e1",
            "[]",
            "{}",
            "[null]",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\ufeff\"",
            "\"-1\"",
            "\"0001-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"2026-05-02T10:00:00\"",
            "\"2026-02-30T10:00:00Z\"",
            "\"2026-05-02T10:00:00+99:99\"",
            "\"../../etc/passwd\"",
            "\"'; DROP TABLE x; --\"",
            "\"${jndi:ldap://127.0.0.1/x}\"",
            "\"{{7*7}}\"",
            "\"\\u202e\\u0007\"",
            "NaN",
            "Infinity",
            "'x'",
            "undefined",
            "\"low\"",
            "\"user\"");

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "%00",
            "%ff%fe",
            "%c0%af",
            "%ed%a0%80",
            "%",
            "%zz",
            "..",
            "../..",
            "%2e%2e%2f",
            "%2F",
            "%5C",
            ";a=b",
            "a;jsessionid=1",
            "%F0%9F%98%80",
            "{id}",
            "*",
            "'\"<script>",
            "%25%25",
            "null",
            "-1",
            "0",
            "99999999999999999999",
            "1e9",
            "NaN",
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00Z",
            "%2B999999999-12-31T23:59:59Z",
            "yesterday",
            "true",
            "episodic,,magic",
            "eyJhIjoxfQ==",
            "AAAA",
            "a%0d%0aX:%20y",
            "MATCH%20(n)%20DETACH%20DELETE%20n",
            "~%5E%22AND%20OR%20NOT(",
            "x%00y",
            "\u00fc",
            "\u2602");

    private static final List<String> PARAMETERS = List.of(
            "query",
            "limit",
            "tiers",
            "as_of",
            "session_id",
            "max_tokens",
            "explain",
            "namespace",
            "tier",
            "from",
            "to",
            "q",
            "cursor",
            "error",
            "user_id",
            "topic",
            "state",
            "wait",
            "trace",
            "[]",
            "%00");

    private static final List<String> HEADERS = List.of(
            "Content-Type: ",
            "Content-Type: ;",
            "Content-Type: application/json; charset=utf-7",
            "Content-Type: application/json; charset=\u0001",
            "Content-Type: multipart/form-data",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: text/plain",
            "Content-Type: */*",
            "Content-Type: application/x-ndjson",
            "Content-Type: application/x-ndjson; charset=utf-16",
            "Content-Type: application/json\r\nContent-Type: text/xml",
            "Content-Encoding: gzip",
            "Accept: image/png",
            "Accept: ;;;",
            "Accept: */*;q=17",
            "Accept: " + "a/b,".repeat(500),
            "Accept-Encoding: \u0000",
            "Accept-Language: " + "x".repeat(2_000),
            "Idempotency-Key: ",
            "Idempotency-Key: \u00fc\u0080",
            "Idempotency-Key: " + "k".repeat(300),
            "traceparent: 00-0-0-0",
            "traceparent: \u007f",
            "Content-Length: -1",
            "Content-Length: x",
            "Content-Length: 5\r\nContent-Length: 6",
            "Content-Length: 99999999999999999999",
            "Content-Length: 2147483648",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: chunked, chunked",
            "Expect: 100-continue",
            "Expect: the-unexpected",
            "Range: bytes=0-",
            "If-None-Match: *",
            "Origin: null",
            "Host: ",
            "Host: a b",
            "Host: [::",
            "Cookie: " + "a=b;".repeat(100),
            "X: " + "x".repeat(20_000),
            " folded: x",
            "no colon",
            ": no name",
            "X-Forwarded-Host: <x>",
            "X-HTTP-Method-Override: DELETE",
            "Upgrade: h2c",
            "Connection: upgrade");

    private final Random random;
    private final List<Endpoint> endpoints;

    BadRequests(Random random, List<Endpoint> endpoints) {
        this.random = random;
        this.endpoints = endpoints;
    }

    /** A method and a path, with its variables in braces. */
    record Endpoint(String method, String path) {}

    /**
     * A request.
     *
     * @param bytes what goes over the wire
     * @param isHttp whether it is so much of a request that an answer is due, in HTTP's own words at least
     */
    record Request(byte[] bytes, boolean isHttp) {

        /** Whether Spring Boot's own endpoints answer it, which have a form of their own for what is not there. */
        boolean isForTheFramework() {
            return new String(bytes, StandardCharsets.ISO_8859_1).contains(" /actuator/");
        }
    }

    Request next() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> writing(mutated(), "application/json");
            case 3 -> writing(lines(), "application/x-ndjson");
            case 4, 5 -> writing(damaged(pick(BODIES).getBytes(StandardCharsets.UTF_8)), "application/json");
            case 6 -> writing(randomBytes(2_000), pick(List.of("application/json", "application/x-ndjson")));
            case 7 -> writing(nested(), "application/json");
            case 8 -> new Request(withOddHeaders(), false);
            case 9, 10 -> http(head(pick(endpoints), "", new byte[0]));
            default -> new Request(rubbish(), false);
        };
    }

    private Request writing(byte[] body, String type) {
        var posts = endpoints.stream()
                .filter(endpoint -> endpoint.method().equals("POST"))
                .toList();
        return http(head(pick(posts), "Content-Type: " + type + "\r\n", body));
    }

    /** What is longer than the server reads may be closed with the rest unread, and then the answer can be lost. */
    private static Request http(byte[] bytes) {
        return new Request(bytes, bytes.length < 90_000);
    }

    private byte[] head(Endpoint endpoint, String headers, byte[] body) {
        var head = endpoint.method() + " " + target(endpoint) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + headers + "Content-Length: " + body.length + "\r\n\r\n";
        return concat(head.getBytes(StandardCharsets.UTF_8), body);
    }

    /** The path, with something odd for each variable, and now and then odd parameters. */
    private String target(Endpoint endpoint) {
        var path = new StringBuilder();
        for (var part : endpoint.path().split("(?=\\{)|(?<=})")) {
            path.append(part.startsWith("{") ? text() : part);
        }
        var get = endpoint.method().equals("GET");
        for (var i = get ? random.nextInt(5) : random.nextInt(8) / 7; i > 0; i--) {
            path.append(path.indexOf("?") < 0 ? '?' : '&')
                    .append(pick(PARAMETERS))
                    .append('=')
                    .append(text());
        }
        if (endpoint.path().endsWith("/recall") && random.nextBoolean()) {
            path.append(path.indexOf("?") < 0 ? '?' : '&').append("query=").append(text());
        }
        return path.toString();
    }

    private String text() {
        return switch (random.nextInt(12)) {
            case 0 -> pick(List.of("a", "%e2%98%82", "%00", "9", "../")).repeat(random.nextInt(2_500));
            case 1 ->
                URLEncoder.encode(new String(randomBytes(40), StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            case 2 -> "u";
            default -> pick(TEXTS);
        };
    }

    /** A valid body in which a few values have become others, gone or doubled. */
    private byte[] mutated() {
        var tree = JSON.readTree(pick(BODIES));
        var marks = new ArrayList<String>();
        for (var i = 1 + random.nextInt(3); i > 0; i--) {
            mutate(tree, marks);
        }
        var text = tree.toString();
        for (var i = 0; i < marks.size(); i++) {
            text = text.replace("\"mark-" + i + "-\"", marks.get(i));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Values that no tree can hold are marked and put in afterwards. */
    private void mutate(JsonNode node, List<String> marks) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            var name = pick(List.copyOf(object.propertyNames()));
            if (object.get(name).isContainer() && random.nextInt(3) > 0) {
                mutate(object.get(name), marks);
                return;
            }
            switch (random.nextInt(5)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name + pick(List.of("", "\0", "x", " ")), object.get(name));
                default -> object.put(name, mark(marks));
            }
        } else if (node instanceof ArrayNode array) {
            switch (array.isEmpty() ? 0 : random.nextInt(4)) {
                case 0 -> array.add(mark(marks));
                case 1 -> array.set(random.nextInt(array.size()), mark(marks));
                case 2 -> array.add(array.get(0));
                default -> mutate(array.get(random.nextInt(array.size())), marks);
            }
        }
    }

    private String mark(List<String> marks) {
        marks.add(
                switch (random.nextInt(8)) {
                    case 0 ->
                        "\"" + pick(List.of("x", "\u2602", "\\u0000", "\\n")).repeat(random.nextInt(3_000)) + "\"";
                    case 1 -> "9".repeat(1 + random.nextInt(1_200));
                    case 2 -> "[".repeat(300) + "]".repeat(300);
                    case 3 -> "[" + "{\"role\": \"user\", \"content\": \"x\"},".repeat(random.nextInt(250)) + "null]";
                    default -> pick(VALUES);
                });
        return "mark-" + (marks.size() - 1) + "-";
    }

    private byte[] lines() {
        var lines = new ByteArrayOutputStream();
        for (var i = random.nextInt(6); i >= 0; i--) {
            lines.writeBytes(
                    random.nextBoolean() ? mutated() : damaged(BODIES.get(1).getBytes(StandardCharsets.UTF_8)));
            lines.writeBytes(
                    pick(List.of("\n", "\r\n", "\n\n", "\u0085", "\u2028")).getBytes(StandardCharsets.UTF_8));
        }
        return lines.toByteArray();
    }

    /** Some bytes changed, cut off or put in, so that even the UTF-8 is wrong. */
    private byte[] damaged(byte[] bytes) {
        var damaged = bytes.clone();
        for (var i = 1 + random.nextInt(4); i > 0 && damaged.length > 0; i--) {
            var at = random.nextInt(damaged.length);
            switch (random.nextInt(3)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged = java.util.Arrays.copyOf(damaged, at);
                default ->
                    damaged = concat(
                            java.util.Arrays.copyOf(damaged, at),
                            randomBytes(6),
                            java.util.Arrays.copyOfRange(damaged, at, damaged.length));
            }
        }
        return damaged;
    }

    private byte[] nested() {
        var depth = 1 + random.nextInt(60_000);
        var open = pick(List.of("[", "{\"a\":", "[{\"metadata\":", "{\"messages\":[", "{\"metadata\":{\"a\":"));
        return ("{\"user_id\":\"u\",\"metadata\":".repeat(random.nextInt(2)) + open.repeat(depth / open.length()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] withOddHeaders() {
        var headers = new StringBuilder();
        for (var i = random.nextInt(3); i >= 0; i--) {
            headers.append(pick(HEADERS)).append("\r\n");
        }
        if (random.nextInt(20) == 0) {
            headers.append("X: y\r\n".repeat(300));
        }
        var body = pick(BODIES).getBytes(StandardCharsets.UTF_8);
        if (headers.indexOf("Content-Length") >= 0 || headers.indexOf("Transfer-Encoding") >= 0) {
            var endpoint = pick(endpoints);
            var head = endpoint.method() + " " + target(endpoint)
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
            return concat(head.getBytes(StandardCharsets.UTF_8), body);
        }
        return head(pick(endpoints), headers.toString(), body);
    }

    private byte[] rubbish() {
        return switch (random.nextInt(5)) {
            case 0 -> randomBytes(400);
            case 1 -> damaged(head(pick(endpoints), "", new byte[0]));
            case 2 ->
                head(
                        new Endpoint(
                                pick(List.of("TRACE", "PATCH", "OPTIONS", "HEAD", "CONNECT", "PRI", "G\u00cbT", "")),
                                pick(endpoints).path()),
                        "",
                        new byte[0]);
            case 3 ->
                (pick(List.of("GET", "POST")) + pick(List.of(" ", "\t", "")) + "/api/v1/" + pick(TEXTS) + " HTTP/"
                                + pick(List.of("0.9", "1.0", "1.2", "2.0", "x", "")) + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8);
            default -> concat("\r\n\r\n".getBytes(StandardCharsets.US_ASCII), randomBytes(50));
        };
    }

    private byte[] randomBytes(int most) {
        var bytes = new byte[random.nextInt(most) + 1];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
