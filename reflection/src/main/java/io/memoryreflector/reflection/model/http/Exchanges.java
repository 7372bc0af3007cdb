package io.memoryreflector.reflection.model.http;

import dev.langchain4j.http.client.HttpClientBuilder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The exchanges of this process with one endpoint, and their connections. Thread-safe; closing ends all that is in
 * flight.
 */
public final class Exchanges implements AutoCloseable {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    /** Model servers drop an idle connection after five seconds; a call that meets one would fail. */
    private static final String IDLE_SECONDS = "4";

    private static final String IDLE_PROPERTY = "jdk.httpclient.keepalive.timeout";

    private final HttpClient client;
    private final Hedges hedges;
    private final UnaryOperator<String> withoutSecrets;
    private final Clock clock;
    private final Set<Exchange> inFlight = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<Call> current = new ThreadLocal<>();
    private volatile boolean closed;

    /**
     * @param timeout of one call
     * @param hedgeAfter when an unanswered call is made a second time
     * @param withoutSecrets takes out of an error's text what nobody may read
     * @param clock for dates in answers
     */
    public Exchanges(
            Duration timeout, Optional<Duration> hedgeAfter, UnaryOperator<String> withoutSecrets, Clock clock) {
        if (System.getProperty(IDLE_PROPERTY) == null) {
            System.setProperty(IDLE_PROPERTY, IDLE_SECONDS);
        }
        client = HttpClient.newBuilder()
                // The upgrade to HTTP/2 breaks some servers, and its streams are fewer than our calls.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
                .executor(threads())
                .build();
        hedges = new Hedges(hedgeAfter);
        this.withoutSecrets = withoutSecrets;
        this.clock = clock;
    }

    /** The client to build models with; they may be used for any call, but only {@linkplain Call#with within} one. */
    public HttpClientBuilder client() {
        return new CurrentCall(current::get);
    }

    /**
     * A call that has to be over by then.
     *
     * @param mostBytes of an answer; a longer one is none
     */
    public Call until(Deadline deadline, int mostBytes) {
        return new Call(this, deadline, mostBytes);
    }

    /** Ends every exchange in flight; later ones fail at once. */
    @Override
    public void close() {
        closed = true;
        inFlight.forEach(Exchange::cancel);
    }

    /** Does something whose requests on this thread are the call's. */
    <T> T during(Call call, Supplier<T> action) {
        current.set(call);
        try {
            return action.get();
        } finally {
            current.remove();
        }
    }

    Exchange start(HttpRequest request, int mostBytes) {
        var exchange = Exchange.start(client, request, mostBytes);
        inFlight.add(exchange);
        exchange.response().whenComplete((response, error) -> inFlight.remove(exchange));
        if (closed) {
            exchange.cancel();
        }
        return exchange;
    }

    /** The failure that an answer tells of. */
    HttpFailure failure(HttpResponse<byte[]> response) {
        var body = new String(response.body(), StandardCharsets.UTF_8);
        return new HttpFailure(
                response.statusCode(),
                ErrorBody.of(withoutSecrets.apply(body)),
                RetryAfter.of(response.headers(), clock));
    }

    Hedges hedges() {
        return hedges;
    }

    /** Threads that pass bytes on. What can wait for them is bounded by the exchanges in flight. */
    private static ThreadPoolExecutor threads() {
        var count = Math.max(2, Runtime.getRuntime().availableProcessors());
        var threads = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "model-endpoint");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
