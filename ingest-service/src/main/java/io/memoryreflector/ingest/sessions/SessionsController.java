package io.memoryreflector.ingest.sessions;

import io.memoryreflector.events.SessionEnded;
import io.memoryreflector.ingest.log.EventLog;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.InteractionLimits;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Says that a session is over, so that it is written in short at once rather than after its idle gap. */
@RestController
@RequestMapping(path = "/api/v1/users/{user}/sessions", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Writing")
class SessionsController {

    private final EventLog log;
    private final InstantSource clock;

    SessionsController(EventLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    @Operation(
            summary = "Ends a session: it is written in short at once. What still comes reopens it and is added. A"
                    + " session that nobody knows of stays without a trace.")
    @PostMapping("/{session}:end")
    @ResponseStatus(HttpStatus.ACCEPTED)
    EndAnswer end(
            @PathVariable("user") String user,
            @PathVariable("session") String session,
            @RequestParam(name = "namespace", defaultValue = UserKey.DEFAULT_NAMESPACE) String namespace) {
        var key = Parameters.user(namespace, user);
        var bytes = session.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > InteractionLimits.MAX_ID_BYTES) {
            throw RequestProblem.parameter(
                    "session", "got " + bytes + " bytes, takes 1 to " + InteractionLimits.MAX_ID_BYTES);
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        log.write(
                Topics.SESSION_ENDS,
                key,
                now,
                SessionEnded.newBuilder()
                        .setNamespace(key.namespace())
                        .setUserId(key.userId())
                        .setSessionId(session)
                        .setEndedAt(now)
                        .build());
        return new EndAnswer("ending", session, now);
    }

    /**
     * That a session is being ended.
     *
     * @param endedAt when it was said
     */
    record EndAnswer(@Schema(allowableValues = "ending") String status, String sessionId, Instant endedAt) {}
}
