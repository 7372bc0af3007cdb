package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.Tier;
import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.shadows.ShadowAnswer.ActionAnswer;
import io.memoryreflector.ingest.shadows.ShadowAnswer.RemovedAnswer;
import io.memoryreflector.schemas.topic.Shadow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Reflectors that go through the log once more: how far they are, what they would change, and having them do so. */
@RestController
@RequestMapping(path = "/api/v1/shadows", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Admin")
class ShadowsController {

    private static final int EXAMPLES = 10;
    private static final int MOST_EXAMPLES = 100;

    private final Shadows shadows;
    private final ShadowKafka kafka;
    private final Comparisons comparisons;
    private final Promotions promotions;
    private final CurrentCaller caller;

    ShadowsController(
            Shadows shadows, ShadowKafka kafka, Comparisons comparisons, Promotions promotions, CurrentCaller caller) {
        this.shadows = shadows;
        this.kafka = kafka;
        this.comparisons = comparisons;
        this.promotions = promotions;
        this.caller = caller;
    }

    /** The names of those that have topics. */
    record ShadowList(List<String> shadows) {}

    @Operation(summary = "The shadows that there are.")
    @GetMapping
    ShadowList list() {
        return new ShadowList(shadows.names());
    }

    @Operation(summary = "How far a shadow is, and what it has cost.")
    @GetMapping("/{shadow}")
    ShadowAnswer shadow(@PathVariable("shadow") String name) {
        return ShadowAnswer.of(shadows.standing(named(name)));
    }

    @Operation(
            summary =
                    "What a shadow would add, drop and change, per tier and with examples. Reads all memories of both; a"
                            + " comparison that is running after 15 s goes on, and is there for who asks again.")
    @GetMapping("/{shadow}/comparison")
    ComparisonAnswer comparison(
            @PathVariable("shadow") String name,
            @RequestParam(name = "tier", required = false) String tier,
            @RequestParam(name = "namespace", required = false) String namespace,
            @RequestParam(name = "examples", required = false) String examples) {
        var shadow = named(name);
        var question = new Comparisons.Question(
                shadow.name(),
                Parameters.text(namespace),
                Parameters.integer("examples", examples, EXAMPLES, 0, MOST_EXAMPLES));
        var wanted =
                Parameters.text(tier).map(ShadowsController::tier).map(List::of).orElse(Comparison.TIERS);
        kafka.run(shadow);
        return ComparisonAnswer.of(shadow.name(), comparisons.ask(question), wanted);
    }

    @Operation(
            summary =
                    "Has a shadow's memories take the place of those in use, by events in the live topics. Does what is left"
                            + " to do: asking again does no harm. Goes on after a restart.")
    @PostMapping("/{shadow}:promote")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ActionAnswer promote(@PathVariable("shadow") String name) {
        var shadow = named(name);
        kafka.run(shadow);
        return ActionAnswer.of(promotions.begin(shadow, caller.get().id()));
    }

    @Operation(
            summary = "Deletes all topics, schemas and places of a shadow. Refused while its reflector runs. What was"
                    + " promoted stays.")
    @DeleteMapping("/{shadow}")
    RemovedAnswer abandon(@PathVariable("shadow") String name) {
        var shadow = named(name);
        var removed = shadows.abandon(shadow, caller.get().id());
        return new RemovedAnswer(shadow.name(), removed.topics(), removed.subjects());
    }

    private static Shadow named(String name) {
        try {
            return new Shadow(name);
        } catch (IllegalArgumentException e) {
            throw RequestProblem.parameter(
                    "shadow", "got '" + name + "', takes 1 to 32 of lower-case letters, digits and hyphens");
        }
    }

    private static Tier tier(String name) {
        return Comparison.TIERS.stream()
                .filter(tier -> tier.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        RequestProblem.parameter("tier", "got '" + name + "', takes episodic, semantic or procedural"));
    }
}
