package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random calls for what is another tenant's, with no, a wrong or one's own key. The same random numbers make the same. */
final class RandomCalls {

    private static final List<String> HEADERS = List.of("X-API-Key", "Authorization");

    private final Random random;
    private final Tenant own;
    private final Tenant other;
    private final List<Tenant.Call> targets = new ArrayList<>();
    private final Map<Integer, Integer> seen = new TreeMap<>();

    RandomCalls(Random random, Tenant own, Tenant other) {
        this.random = random;
        this.own = own;
        this.other = other;
        targets.addAll(other.calls());
        targets.addAll(other.changes());
        targets.addAll(other.tools());
    }

    /** How often each status was answered. */
    Map<Integer, Integer> seen() {
        return seen;
    }

    Call next() {
        var target = one(targets);
        // One in four has a key that is good elsewhere; it costs the stores a question.
        var known = random.nextInt(4) == 0;
        var path = known && target.method().equals("GET") ? path(target.path()) : target.path();
        return new Call(new Tenant.Call(target.method(), path, target.body()), headers(known), known);
    }

    private String path(String path) {
        if (random.nextBoolean()) {
            return path;
        }
        var others = "namespace=" + other.namespace;
        // What names no namespace asks one's own: it holds nothing of the other's.
        return path.replace(
                others,
                one(List.of(
                        "namespace=" + own.namespace,
                        others + "&" + others,
                        "namespace=" + own.namespace + "&" + others,
                        others + "&namespace=" + own.namespace,
                        "namespace=*",
                        "namespace=",
                        "namespace=" + other.namespace + "%00",
                        "Namespace=" + other.namespace,
                        "x=1")));
    }

    private Map<String, String> headers(boolean known) {
        if (known) {
            return header(one(List.of(own.admin, own.reader, own.writer)));
        }
        return switch (random.nextInt(5)) {
            case 0 -> Map.of();
            case 1 -> header(Long.toHexString(random.nextLong()).repeat(3));
            case 2 -> header(mutated(other.admin));
            case 3 -> header(other.admin.substring(0, random.nextInt(1, other.admin.length() - 1)));
            default -> Map.of("Authorization", one(List.of("Basic ", "bearer", "Key ", "Bearer  a ")) + other.admin);
        };
    }

    private Map<String, String> header(String key) {
        var name = one(HEADERS);
        return Map.of(name, (name.equals("Authorization") ? "Bearer " : "") + key);
    }

    private String mutated(String key) {
        var at = random.nextInt(key.length());
        var c = key.charAt(at) == 'q' ? 'r' : 'q';
        return key.substring(0, at) + c + key.substring(at + 1);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /**
     * A call.
     *
     * @param known whether its key is good, for another namespace
     */
    final class Call {

        private final Tenant.Call request;
        private final Map<String, String> headers;
        private final boolean known;

        Call(Tenant.Call request, Map<String, String> headers, boolean known) {
            this.request = request;
            this.headers = headers;
            this.known = known;
        }

        Tenant.Call request() {
            return request;
        }

        Map<String, String> headers() {
            return headers;
        }

        void check(int status, String answer) {
            seen.merge(status, 1, Integer::sum);
            assertThat(answer).as(toString()).doesNotContain(Tenant.SECRET + " called " + other.namespace);
            if (!known) {
                assertThat(status).as(this + answer).isIn(401, 429);
            } else {
                assertThat(status).as(this + answer).isIn(200, 400, 403, 404);
            }
            if (status == 200 && request.isOfATool()) {
                assertThat(answer).as(toString()).contains("\"isError\":true");
            }
        }

        @Override
        public String toString() {
            return request + " " + headers + " ";
        }
    }
}
