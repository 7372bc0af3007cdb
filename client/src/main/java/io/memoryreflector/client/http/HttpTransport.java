package io.memoryreflector.client.http;

import io.github.resilience4j.core.IntervalFunction;
import io.memoryreflector.client.CollectorSettings;
import io.memoryreflector.client.Target;
import io.memoryreflector.client.sending.Outgoing;
import io.memoryreflector.client.sending.Results;
import io.memoryreflector.client.sending.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /api/v1/interactions:batch?wait=0}, one request at a time, so that the order holds. A request without a useful
 * answer is sent again with the same ids, after pauses that grow or that {@code Retry-After} names; the service drops what
 * it has already. It never gives up: the buffer's bound and the closing of the collector do.
 */
public final class HttpTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration REQUEST = Duration.ofSeconds(15);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(2);

    /** What the service takes in one request unless it is told otherwise. */
    private static final int MOST_ITEMS = 1000;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final Target.Http target;
    private final URI batchAddress;
    private final CollectorSettings settings;
    private final Results results;
    private final IntervalFunction backoff;

    /** Taken, and to be sent again before anything else. */
    private List<Outgoing> again = new ArrayList<>();

    private Post post;
    private int mostItems = MOST_ITEMS;
    private int failures;
    private long notBefore = System.nanoTime();
    private volatile String fault;

    public HttpTransport(Target.Http target, CollectorSettings settings, Results results) {
        this.target = target;
        this.batchAddress =
                URI.create(target.service().toString().replaceFirst("/+$", "") + "/api/v1/interactions:batch?wait=0");
        this.settings = settings;
        this.results = results;
        this.backoff =
                IntervalFunction.ofExponentialRandomBackoff(settings.retryFirst(), 2.0, 0.5, settings.retryMost());
    }

    @Override
    public int send(List<Outgoing> batch) {
        if (post != null && post.answer().isDone()) {
            var answered = post;
            post = null;
            settle(answered);
        }
        if (post != null || notBefore - System.nanoTime() > 0) {
            return 0;
        }
        if (!again.isEmpty()) {
            var sent = post(again);
            again = new ArrayList<>(again.subList(sent, again.size()));
            return 0;
        }
        return batch.isEmpty() ? 0 : post(batch);
    }

    @Override
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public void abandon() {
        if (post != null) {
            post.answer().cancel(true);
        }
    }

    private int post(List<Outgoing> waiting) {
        var body = Post.Body.of(waiting, mostItems, settings.batchBytes());
        var request = HttpRequest.newBuilder(batchAddress)
                .timeout(REQUEST)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body.lines()));
        target.headers().forEach(request::setHeader);
        body.batch().forEach(Outgoing::leave);
        post = new Post(body.batch(), http.sendAsync(request.build(), BodyHandlers.ofByteArray()));
        return body.batch().size();
    }

    private void settle(Post answered) {
        HttpResponse<byte[]> answer;
        try {
            answer = answered.answer().join();
        } catch (CompletionException unanswered) {
            retry(answered.batch(), unanswered.getCause().toString(), Optional.empty());
            return;
        }
        var status = answer.statusCode();
        if (status == 202 || status == 207) {
            settleEach(answered.batch(), answer);
        } else if (status == 400 || status == 413 || status == 422) {
            settleRefused(answered.batch(), answer);
        } else {
            // Also what the service does not let in: whoever runs it can change that while this waits.
            retry(answered.batch(), "status " + status, retryAfter(answer));
        }
    }

    private void settleEach(List<Outgoing> batch, HttpResponse<byte[]> answer) {
        for (var item : json(answer).path("items").values()) {
            var index = item.path("index").asInt(-1);
            if (index >= 0 && index < batch.size()) {
                settle(batch.get(index), item);
            }
        }
        var open = batch.stream().filter(outgoing -> !outgoing.isSettled()).toList();
        if (open.isEmpty()) {
            failures = 0;
            fault = null;
        } else {
            retry(open, "took a part of a batch only", retryAfter(answer));
        }
    }

    private void settle(Outgoing outgoing, JsonNode item) {
        var code = item.path("code").asInt();
        if (code == 202 && item.at("/answer/status").asString("").equals("duplicate") && !outgoing.isRetried()) {
            results.duplicate(outgoing);
        } else if (code == 202) {
            results.sent(outgoing, Optional.empty());
        } else if (code >= 400 && code < 500 && code != 429) {
            refuse(outgoing, item.path("problem"));
        }
    }

    /** A service with smaller limits takes the batch in parts; what it refuses alone is wrong by itself. */
    private void settleRefused(List<Outgoing> batch, HttpResponse<byte[]> answer) {
        if (batch.size() == 1) {
            refuse(batch.get(0), json(answer));
            mostItems = MOST_ITEMS;
        } else {
            mostItems = Math.max(1, batch.size() / 2);
            again.addAll(0, batch);
        }
    }

    private void refuse(Outgoing outgoing, JsonNode problem) {
        var first = problem.path("errors").path(0);
        results.refused(
                outgoing,
                first.path("field").asString("interaction"),
                first.path("message").asString(problem.path("detail").asString("was refused")));
    }

    private void retry(List<Outgoing> batch, String failure, Optional<Duration> wish) {
        failures++;
        results.retried();
        batch.forEach(Outgoing::retry);
        again.addAll(0, batch);
        if (fault == null) {
            LOG.warn("memory collector: {} takes nothing for now: {}", target, failure);
        }
        fault = "ingest-service: " + failure;
        notBefore = System.nanoTime()
                + wish.orElseGet(() -> Duration.ofMillis(backoff.apply(failures)))
                        .toNanos();
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(wish -> wish.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wish);
    }

    /** What is no JSON answers for nothing. */
    private static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return JsonMapper.shared().readTree(answer.body());
        } catch (JacksonException e) {
            return JsonMapper.shared().missingNode();
        }
    }
}
