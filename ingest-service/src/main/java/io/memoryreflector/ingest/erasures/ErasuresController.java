package io.memoryreflector.ingest.erasures;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.status.InteractionStatus;
import io.memoryreflector.store.status.StatusBoard;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The right to be forgotten, whole and in part. Answered once the log has it; the stores follow within seconds. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Forgetting")
class ErasuresController {

    private static final int MAX_REASON = 1_000;
    private static final List<String> SOURCES = Arrays.stream(Source.values())
            .filter(source -> source != Source.UNKNOWN)
            .map(source -> source.name().toLowerCase(Locale.ROOT))
            .toList();

    private final Forgetting forgetting;
    private final LongTermMemory memories;
    private final StatusBoard board;
    private final CurrentCaller caller;

    ErasuresController(Forgetting forgetting, LongTermMemory memories, StatusBoard board, CurrentCaller caller) {
        this.forgetting = forgetting;
        this.memories = memories;
        this.board = board;
        this.caller = caller;
    }

    @Operation(summary = "Forgets all that was handed over of a user up to now; what comes later is remembered.")
    @DeleteMapping("/users/{user}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ErasureAnswer user(
            @PathVariable("user") String user,
            @RequestParam(name = "namespace", defaultValue = UserKey.DEFAULT_NAMESPACE) String namespace,
            @RequestParam(name = "reason", required = false) String reason,
            @RequestHeader(name = CallHeaders.IDEMPOTENCY_KEY, required = false) String idempotencyKey) {
        return forget(Parameters.user(namespace, user), ErasureScope.USER, null, reason, idempotencyKey);
    }

    @Operation(summary = "Forgets one session of a user.")
    @DeleteMapping("/users/{user}/sessions/{session}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ErasureAnswer session(
            @PathVariable("user") String user,
            @PathVariable("session") String session,
            @RequestParam(name = "namespace", defaultValue = UserKey.DEFAULT_NAMESPACE) String namespace,
            @RequestParam(name = "reason", required = false) String reason,
            @RequestHeader(name = CallHeaders.IDEMPOTENCY_KEY, required = false) String idempotencyKey) {
        checkId("session", session);
        return forget(Parameters.user(namespace, user), ErasureScope.SESSION, session, reason, idempotencyKey);
    }

    @Operation(summary = "Takes back all that came of a user by one entrance.")
    @DeleteMapping("/users/{user}/sources/{source}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ErasureAnswer source(
            @PathVariable("user") String user,
            @Parameter(description = "rest, kafka, rabbitmq, mcp, sdk or import") @PathVariable("source") String source,
            @RequestParam(name = "namespace", defaultValue = UserKey.DEFAULT_NAMESPACE) String namespace,
            @RequestParam(name = "reason", required = false) String reason,
            @RequestHeader(name = CallHeaders.IDEMPOTENCY_KEY, required = false) String idempotencyKey) {
        var name = source.toLowerCase(Locale.ROOT);
        if (!SOURCES.contains(name)) {
            throw RequestProblem.parameter("source", "got '" + source + "', takes one of " + SOURCES);
        }
        return forget(Parameters.user(namespace, user), ErasureScope.SOURCE, name, reason, idempotencyKey);
    }

    @Operation(summary = "Takes back one interaction with all that was learnt from it.")
    @DeleteMapping("/interactions/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ErasureAnswer interaction(
            @PathVariable("id") String id,
            @Parameter(description = "Whose it is; needed only where its status is not known any more")
                    @RequestParam(name = "user_id", required = false)
                    String userId,
            @RequestParam(name = "namespace", defaultValue = UserKey.DEFAULT_NAMESPACE) String namespace,
            @RequestParam(name = "reason", required = false) String reason,
            @RequestHeader(name = CallHeaders.IDEMPOTENCY_KEY, required = false) String idempotencyKey) {
        checkId("interaction_id", id);
        var named = Parameters.text(userId).map(user -> Parameters.user(namespace, user));
        var before = before(ErasureScope.INTERACTION, id, idempotencyKey);
        if (before.isPresent()) {
            return ErasureAnswer.of(before.get());
        }
        var user = named.or(() -> board.find(id).map(InteractionStatus::user).filter(this::isCallers))
                .orElseThrow(() -> RequestProblem.of(
                        HttpStatus.NOT_FOUND,
                        "interaction_id: got '" + id + "', which is not known; takes user_id and namespace beside it"));
        return forget(user, ErasureScope.INTERACTION, id, reason, idempotencyKey);
    }

    @Operation(summary = "Forgets one memory; what it had superseded holds again.")
    @DeleteMapping("/memories/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ErasureAnswer memory(
            @PathVariable("id") String id,
            @RequestParam(name = "reason", required = false) String reason,
            @RequestHeader(name = CallHeaders.IDEMPOTENCY_KEY, required = false) String idempotencyKey) {
        var before = before(ErasureScope.MEMORY, id, idempotencyKey);
        if (before.isPresent()) {
            return ErasureAnswer.of(before.get());
        }
        var owner = memories.memory(id)
                .map(LongTermMemory.Owned::user)
                .filter(this::isCallers)
                .orElseThrow(() ->
                        RequestProblem.of(HttpStatus.NOT_FOUND, "memory_id: got '" + id + "', which is not known"));
        return forget(owner, ErasureScope.MEMORY, id, reason, idempotencyKey);
    }

    private Optional<UserForgotten> before(ErasureScope scope, String id, String idempotencyKey) {
        return forgetting.known(scope, id, Optional.ofNullable(idempotencyKey)).filter(erasure -> caller.get()
                .sees(erasure.getNamespace()));
    }

    private boolean isCallers(UserKey user) {
        return caller.get().sees(user.namespace());
    }

    private ErasureAnswer forget(
            UserKey user, ErasureScope scope, String targetId, String reason, String idempotencyKey) {
        var key = CallHeaders.of(null, idempotencyKey).idempotencyKey();
        var why = Parameters.text(reason).orElse(null);
        if (why != null && why.length() > MAX_REASON) {
            throw RequestProblem.parameter("reason", "got " + why.length() + " characters, takes 1 to " + MAX_REASON);
        }
        var erasure = forgetting.forget(user, scope, targetId, why, key);
        return ErasureAnswer.of(erasure);
    }

    private static void checkId(String name, String id) {
        var bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > InteractionLimits.MAX_ID_BYTES) {
            throw RequestProblem.parameter(
                    name, "got " + bytes + " bytes, takes 1 to " + InteractionLimits.MAX_ID_BYTES + " bytes of text");
        }
    }
}
