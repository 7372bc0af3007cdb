package io.memoryreflector.ingest.seeds;

import io.memoryreflector.events.Source;
import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.config.Limits;
import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.interactions.Entrance;
import io.memoryreflector.ingest.interactions.InteractionRequest;
import io.memoryreflector.ingest.interactions.MessageRequest;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.transcripts.Exchanges;
import io.memoryreflector.ingest.transcripts.Transcript;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Hands a transcript over as the interactions that it consists of. Thread-safe. */
@Component
final class StoringRaw {

    private static final String USER_ID = "user_id";
    private static final int AT_ONCE = 500;

    private final Entrance entrance;
    private final Queue queue;
    private final Limits limits;
    private final CurrentCaller caller;
    private final InstantSource clock;

    StoringRaw(Entrance entrance, Queue queue, ServiceSettings settings, CurrentCaller caller, InstantSource clock) {
        this.entrance = entrance;
        this.queue = queue;
        this.limits = settings.limits();
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * Returns once the log or the outbox has all that it took.
     *
     * @throws RequestProblem where nothing can be taken; what is wrong with the first interaction is with all
     */
    StoreRawAnswer store(String vectorstoreName, StoreRawRequest request, CallHeaders headers) {
        var namespace = caller.get().namespace(vectorstoreName);
        if (request.sessionData() == null || request.sessionData().isBlank()) {
            throw RequestProblem.parameter(
                    "session_data",
                    request.sessionData() == null ? "is missing, takes a text" : "is blank, takes a text");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var exchanges =
                Exchanges.of(Transcript.split(request.sessionData()), now, limits.messages(), limits.messageBytes());
        var metadata = new HashMap<String, Object>(request.metadata() == null ? Map.of() : request.metadata());
        var user = user(metadata.remove(USER_ID), namespace);
        var id = RawMemoryId.of(namespace + "/" + user, headers.idempotencyKey(), exchanges.size(), now);
        var session = request.sessionId() == null ? id.toString() : request.sessionId();
        var before = queue.length();
        var rejected = take(
                position -> interaction(
                        namespace, user, session, id.interactionId(position), exchanges.get(position), metadata),
                exchanges.size(),
                headers);
        return new StoreRawAnswer(
                rejected == 0,
                id.toString(),
                session,
                now,
                Queue.seconds(queue.estimate(before + exchanges.size())),
                before,
                exchanges.size(),
                rejected);
    }

    private interface ByPosition {
        InteractionRequest at(int position);
    }

    private int take(ByPosition interactions, int count, CallHeaders headers) {
        entrance.take(interactions.at(0), Source.REST, headers);
        var rejected = 0;
        for (var from = 1; from < count; from += AT_ONCE) {
            var batch = new ArrayList<Supplier<InteractionRequest>>();
            for (var position = from; position < Math.min(count, from + AT_ONCE); position++) {
                var interaction = interactions.at(position);
                batch.add(() -> interaction);
            }
            rejected += entrance.takeAll(batch, Source.REST, headers).rejected();
        }
        return rejected;
    }

    private static InteractionRequest interaction(
            String namespace,
            String user,
            String session,
            String id,
            List<MessageRequest> messages,
            Map<String, Object> metadata) {
        return new InteractionRequest(
                user, session, namespace, id, messages, null, null, null, null, null, null, metadata);
    }

    /** Without one it is the namespace's own. */
    private static String user(Object named, String namespace) {
        if (named == null) {
            return namespace;
        }
        if (named instanceof String text && !text.isBlank()) {
            return text;
        }
        throw RequestProblem.parameter("metadata.user_id", "got '" + named + "', takes a text that is not blank");
    }
}
