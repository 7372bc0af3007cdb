package io.memoryreflector.reflection.model;

import io.memoryreflector.reflection.model.http.HttpFailure;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an endpoint takes of the protocol, as far as it is known.
 *
 * @param output how it is made to answer in JSON; never {@code AUTO}
 * @param mayChangeOutput whether another way may be tried
 * @param tokenLimit the parameter that bounds an answer
 * @param temperature whether it takes one
 */
record Dialect(StructuredOutput output, boolean mayChangeOutput, TokenLimit tokenLimit, boolean temperature) {

    /** The parameter that bounds an answer: older servers know one name, OpenAI's reasoning models the other. */
    enum TokenLimit {
        MAX_TOKENS,
        MAX_COMPLETION_TOKENS
    }

    /** As an operator reads it. */
    @Override
    public String toString() {
        return output.setting() + " with " + tokenLimit.name().toLowerCase(Locale.ROOT)
                + (temperature ? " and a temperature" : " and no temperature");
    }

    static Dialect first(ModelSettings settings) {
        var isOpen = settings.structuredOutput() == StructuredOutput.AUTO;
        return new Dialect(
                isOpen ? StructuredOutput.JSON_SCHEMA : settings.structuredOutput(),
                isOpen,
                TokenLimit.MAX_TOKENS,
                settings.temperature().isPresent());
    }

    /** What to try after the endpoint has refused a request of this dialect, if it was the dialect that it refused. */
    Optional<Dialect> after(HttpFailure refusal) {
        if (refusal.statusCode() != 400 && refusal.statusCode() != 422) {
            return Optional.empty();
        }
        var error = refusal.error();
        if (tokenLimit == TokenLimit.MAX_TOKENS && error.mentions("max_completion_tokens")) {
            return Optional.of(new Dialect(output, mayChangeOutput, TokenLimit.MAX_COMPLETION_TOKENS, temperature));
        }
        if (temperature && error.mentions("temperature")) {
            return Optional.of(new Dialect(output, mayChangeOutput, tokenLimit, false));
        }
        var isAboutOutput = Stream.of("response_format", "response format", "json_schema", "json_object", "schema")
                .anyMatch(error::mentions);
        if (!mayChangeOutput || !isAboutOutput || output == StructuredOutput.TEXT) {
            return Optional.empty();
        }
        var next = output == StructuredOutput.JSON_SCHEMA ? StructuredOutput.JSON_OBJECT : StructuredOutput.TEXT;
        return Optional.of(new Dialect(next, true, tokenLimit, temperature));
    }
}
