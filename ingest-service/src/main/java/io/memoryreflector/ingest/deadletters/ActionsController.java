package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Replaying and discarding, one dead letter or many. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Admin")
class ActionsController {

    private final Letterbox letterbox;
    private final Jobs jobs;
    private final Replayer replayer;
    private final Discarder discarder;
    private final CurrentCaller caller;
    private final Duration wait;

    ActionsController(
            Letterbox letterbox,
            Jobs jobs,
            Replayer replayer,
            Discarder discarder,
            CurrentCaller caller,
            ServiceSettings settings) {
        this.letterbox = letterbox;
        this.jobs = jobs;
        this.replayer = replayer;
        this.discarder = discarder;
        this.caller = caller;
        this.wait = settings.kafkaAckTimeout();
    }

    @Operation(
            summary = "Sends one dead letter to its source topic again, as it was or patched. One that was replayed and"
                    + " has not come back is passed over.")
    @PostMapping("/dead-letters/{id}:replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    JobAnswer replay(@PathVariable("id") String id, @RequestBody(required = false) ReplayRequest.One request) {
        var instructions = scoped((request == null ? ReplayRequest.One.PLAIN : request).instructions());
        var entry = letterbox.entry(id);
        letterbox.whileThere(() -> {
            replayer.check(List.of(entry), instructions);
            return true;
        });
        var selection = new Selection(List.of(entry), EnumSet.of(LetterState.PARKED, LetterState.DISCARDED), 0);
        return one(LetterState.REPLAYED, selection, job -> replayer.run(job, instructions));
    }

    @Operation(summary = "Sends all dead letters that match to their source topics again, oldest first.")
    @ApiResponse(
            responseCode = "200",
            description = "dry run",
            content = @Content(schema = @Schema(implementation = DryRunAnswer.class)))
    @ApiResponse(
            responseCode = "202",
            description = "job started",
            content = @Content(schema = @Schema(implementation = JobAnswer.class)))
    @PostMapping(path = "/dead-letters:replay", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> replayMany(@RequestBody ReplayRequest request) {
        var instructions = scoped(request.instructions());
        var selection = letterbox.select(FilterRequest.filter(request.filter()), Bounds.limit(request.limit()));
        if (request.isDryRun()) {
            if (instructions.patch().isPresent()) {
                letterbox.whileThere(() -> {
                    replayer.check(DryRunAnswer.sample(selection), instructions);
                    return true;
                });
            }
            return ResponseEntity.ok(DryRunAnswer.of(selection));
        }
        var job = jobs.start(LetterState.REPLAYED, selection, caller.get(), it -> replayer.run(it, instructions));
        return ResponseEntity.accepted().body(JobAnswer.of(job));
    }

    @Operation(summary = "Puts one dead letter aside for good.")
    @PostMapping("/dead-letters/{id}:discard")
    @ResponseStatus(HttpStatus.ACCEPTED)
    JobAnswer discard(@PathVariable("id") String id, @RequestBody(required = false) DiscardRequest.One request) {
        var reason = (request == null ? DiscardRequest.One.PLAIN : request).checkedReason();
        var selection =
                new Selection(List.of(letterbox.entry(id)), EnumSet.of(LetterState.PARKED, LetterState.REPLAYED), 0);
        return one(LetterState.DISCARDED, selection, job -> discarder.run(job, reason));
    }

    @Operation(summary = "Puts all dead letters that match aside for good.")
    @ApiResponse(
            responseCode = "200",
            description = "dry run",
            content = @Content(schema = @Schema(implementation = DryRunAnswer.class)))
    @ApiResponse(
            responseCode = "202",
            description = "job started",
            content = @Content(schema = @Schema(implementation = JobAnswer.class)))
    @PostMapping(path = "/dead-letters:discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> discardMany(@RequestBody DiscardRequest request) {
        var reason = request.checkedReason();
        var selection = letterbox.select(FilterRequest.filter(request.filter()), Bounds.limit(request.limit()));
        if (request.isDryRun()) {
            return ResponseEntity.ok(DryRunAnswer.of(selection));
        }
        var job = jobs.start(LetterState.DISCARDED, selection, caller.get(), it -> discarder.run(it, reason));
        return ResponseEntity.accepted().body(JobAnswer.of(job));
    }

    @Operation(summary = "How far a job is. Jobs are kept in memory: a restart forgets them, not what they did.")
    @GetMapping("/replay-jobs/{job_id}")
    JobAnswer job(@PathVariable("job_id") String id) {
        return jobs.find(id, caller.get())
                .map(JobAnswer::of)
                .orElseThrow(() -> RequestProblem.of(
                        HttpStatus.NOT_FOUND,
                        "job_id: got '" + id + "', which is not known to this process; the letters' actions name it"));
    }

    /** Whoever has but one namespace leaves records with the users that they are of. */
    private Replayer.Instructions scoped(Replayer.Instructions instructions) {
        if (caller.get().namespace().isPresent()) {
            instructions.patch().ifPresent(AvroPatch::refuseOwners);
        }
        return instructions;
    }

    /** A job of one letter, which is over within a moment. */
    private JobAnswer one(LetterState target, Selection selection, Consumer<Job> work) {
        var job = jobs.start(target, selection, caller.get(), work);
        job.awaitEnd(wait);
        return JobAnswer.of(job);
    }
}
