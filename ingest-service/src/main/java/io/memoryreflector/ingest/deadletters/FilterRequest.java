package io.memoryreflector.ingest.deadletters;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.memoryreflector.events.Tier;
import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.ingest.problem.UnknownFields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A filter as the caller writes it, in a query or in a body. A word that is not known is refused: mistyped, it would
 * let everything through.
 */
record FilterRequest(
        @Schema(
                description = "Lane, or kind of memory",
                allowableValues = {"episodic", "semantic", "procedural"})
        String tier,

        @Schema(description = "A part of the error's class or message, in any case")
        String error,

        String userId,
        String namespace,

        @Schema(description = "Topic that the record came from")
        String topic,

        @Schema(
                description = "parked if absent",
                allowableValues = {"parked", "replayed", "discarded"})
        String state,

        @Schema(description = "Parked at or after", format = "date-time")
        String from,

        @Schema(description = "Parked before, and after from", format = "date-time")
        String to,

        @JsonAnySetter @Schema(hidden = true) Map<String, Object> unknown) {

    private static final FilterRequest ALL =
            new FilterRequest(null, null, null, null, null, null, null, null, Map.of());

    /**
     * The filter of a body; without one all that is parked.
     *
     * @throws RequestProblem 400 that names the field
     */
    static LetterFilter filter(FilterRequest request) {
        return (request == null ? ALL : request).filter("filter.");
    }

    /** @param path before each field's name, in messages */
    LetterFilter filter(String path) {
        UnknownFields.refuse(path, unknown, "tier, error, user_id, namespace, topic, state, from or to");
        var filter = new LetterFilter(
                oneOf(path + "state", state, List.of(LetterState.values())).orElse(LetterState.PARKED),
                oneOf(path + "tier", tier, List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL)),
                Parameters.text(error).map(LetterFilter::containing),
                Parameters.text(userId),
                Parameters.text(namespace),
                Parameters.text(topic),
                Parameters.time(path + "from", from),
                Parameters.time(path + "to", to));
        if (filter.from().isPresent()
                && filter.to().isPresent()
                && !filter.from().get().isBefore(filter.to().get())) {
            throw RequestProblem.parameter(path + "from", "got '" + from + "', takes a time before to, '" + to + "'");
        }
        return filter;
    }

    private static <E extends Enum<E>> Optional<E> oneOf(String field, String value, List<E> known) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        for (var constant : known) {
            if (constant.name().equalsIgnoreCase(value.strip())) {
                return Optional.of(constant);
            }
        }
        var names = known.stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        throw RequestProblem.parameter(field, "got '" + value + "', takes one of " + names);
    }
}
