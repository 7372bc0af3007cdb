package io.memoryreflector.systemtests.model;

import com.sun.net.httpserver.HttpExchange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** {@code /chat/completions}. Thread-safe. */
final class ChatEndpoint {

    private static final int[] SERVER_ERRORS = {500, 502, 503, 504};

    private final Supplier<Behaviour> behaviour;
    private final CallLog log;
    private final Delivery delivery;
    private final InstantSource clock;
    private final Instant started;
    private final Draws draws = new Draws();

    ChatEndpoint(Supplier<Behaviour> behaviour, CallLog log, Delivery delivery, InstantSource clock) {
        this.behaviour = behaviour;
        this.log = log;
        this.delivery = delivery;
        this.clock = clock;
        this.started = clock.instant();
    }

    /** What was decided about one request. */
    private record Decision(Outcome outcome, Reply reply, Duration delay, int inputTokens, int outputTokens) {

        static Decision atOnce(Outcome outcome, Reply reply) {
            return new Decision(outcome, reply, Duration.ZERO, 0, 0);
        }
    }

    /** @throws IllegalArgumentException if it is no chat request */
    void answer(HttpExchange exchange, JsonNode request) {
        var ask = Ask.read(request);
        var now = clock.instant();
        var wanted = behaviour.get();
        var decision = decide(request, ask, wanted, draws.of(wanted.seed(), ask), now);
        log.begun();
        log.add(number -> new Call(
                number,
                now,
                Call.Endpoint.CHAT,
                ask.model(),
                ask.tier(),
                ask.texts(),
                ask.repair(),
                ask.known().size(),
                decision.outcome(),
                decision.inputTokens(),
                decision.outputTokens()));
        delivery.send(exchange, decision.outcome(), decision.reply(), decision.delay(), log::ended);
    }

    private Decision decide(JsonNode request, Ask ask, Behaviour wanted, RandomGenerator random, Instant now) {
        if (request.path("stream").asBoolean(false)) {
            return refused("stream", "got true, takes false: this stub does not stream");
        }
        if (!takes(wanted.formats(), ask.format())) {
            return refused("response_format", "'" + ask.format() + "' is not supported with this model");
        }
        var burst = wanted.burst().rest(Duration.between(started, now));
        if (!burst.isZero()) {
            return rateLimited(burst);
        }
        var outcome = wanted.draw(random);
        var latency = wanted.latency().draw(random);
        return switch (outcome) {
            case RATE_LIMITED -> rateLimited(wanted.retryAfter());
            case UNAUTHORIZED ->
                Decision.atOnce(
                        outcome,
                        Reply.error(401, "invalid_request_error", "invalid_api_key", null, "Incorrect API key."));
            case QUOTA_SPENT ->
                Decision.atOnce(
                        outcome,
                        Reply.error(
                                429,
                                "insufficient_quota",
                                "insufficient_quota",
                                null,
                                "You exceeded your current quota, please check your plan and billing details."));
            case SERVER_ERROR -> {
                var status = SERVER_ERRORS[random.nextInt(SERVER_ERRORS.length)];
                yield new Decision(
                        outcome,
                        Reply.error(status, "server_error", null, null, "The server had an error."),
                        latency,
                        0,
                        0);
            }
            default -> completed(ask, outcome, wanted, latency, now);
        };
    }

    private static Decision completed(Ask ask, Outcome outcome, Behaviour wanted, Duration latency, Instant now) {
        var completion = Completions.complete(ask, outcome, wanted);
        var id = "chatcmpl-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        return new Decision(
                outcome,
                Reply.of(200, Completions.body(id, now.getEpochSecond(), ask, completion)),
                latency,
                completion.inputTokens(),
                completion.outputTokens());
    }

    private static Decision rateLimited(Duration retryAfter) {
        // Whole seconds and rounded up, as the header wants it; the exact time beside it, as OpenAI sends it.
        var seconds = retryAfter.plusMillis(999).toSeconds();
        var reply = Reply.error(429, "requests", "rate_limit_exceeded", null, "Rate limit reached for requests.")
                .with("Retry-After", Long.toString(seconds))
                .with("retry-after-ms", Long.toString(retryAfter.toMillis()));
        return Decision.atOnce(Outcome.RATE_LIMITED, reply);
    }

    private static Decision refused(String param, String message) {
        return Decision.atOnce(
                Outcome.BAD_REQUEST,
                Reply.error(400, "invalid_request_error", null, param, "Invalid parameter: " + param + " " + message));
    }

    private static boolean takes(Behaviour.Formats formats, String asked) {
        return switch (asked) {
            case "text" -> true;
            case "json_object" -> formats != Behaviour.Formats.NONE;
            case "json_schema" -> formats == Behaviour.Formats.JSON_SCHEMA;
            default -> false;
        };
    }
}
