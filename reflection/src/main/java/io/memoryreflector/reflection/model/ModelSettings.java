package io.memoryreflector.reflection.model;

import io.memoryreflector.reflection.model.redaction.Redactions;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of the model reflectors, each from one environment variable. Its text shows no secret.
 *
 * @param endpoint where the model is
 * @param model {@code OPENAI_MODEL}; setting it is what turns the model reflectors on
 * @param temperature {@code OPENAI_TEMPERATURE}; empty or {@code none} sends none, as reasoning models want it
 * @param maxOutputTokens {@code OPENAI_MAX_OUTPUT_TOKENS} of one answer
 * @param structuredOutput {@code OPENAI_STRUCTURED_OUTPUT}
 * @param hedgeAfter {@code OPENAI_HEDGE_AFTER}: when an unanswered call is made a second time; off when not set
 * @param inputPrice {@code OPENAI_PRICE_INPUT}, US dollars per million tokens; 0 shows no cost
 * @param outputPrice {@code OPENAI_PRICE_OUTPUT}, likewise
 * @param cacheEntries {@code REFLECTION_CACHE_ENTRIES}; 0 keeps no answers
 * @param shareCalls {@code REFLECTION_SHARE_CALLS}: whether one call serves all tiers
 * @param redactions {@code REFLECTION_REDACT}, {@code REFLECTION_REDACT_OFF_NAMESPACES}
 */
public record ModelSettings(
        Endpoint endpoint,
        String model,
        Optional<Double> temperature,
        int maxOutputTokens,
        StructuredOutput structuredOutput,
        Optional<Duration> hedgeAfter,
        double inputPrice,
        double outputPrice,
        int cacheEntries,
        boolean shareCalls,
        Redactions redactions) {

    /**
     * Reads and checks every setting.
     *
     * @return nothing where no {@code OPENAI_MODEL} is set
     */
    public static Optional<ModelSettings> from(Environment environment) {
        var model = environment.text("OPENAI_MODEL", null);
        var embeddingModel = environment.text("OPENAI_EMBEDDING_MODEL", null);
        if (model == null && embeddingModel != null) {
            throw new InvalidSetting("OPENAI_EMBEDDING_MODEL", embeddingModel, "nothing while OPENAI_MODEL is not set");
        }
        return Optional.ofNullable(model).map(name -> from(environment, name));
    }

    private static ModelSettings from(Environment environment, String model) {
        var cacheEntries = environment.integer("REFLECTION_CACHE_ENTRIES", 10_000, 0, 10_000_000);
        var shareCalls = environment.flag("REFLECTION_SHARE_CALLS", false);
        if (shareCalls && cacheEntries == 0) {
            throw new InvalidSetting("REFLECTION_SHARE_CALLS", "true", "false while REFLECTION_CACHE_ENTRIES is 0");
        }
        return new ModelSettings(
                Endpoint.from(environment),
                model,
                temperature(environment),
                environment.integer("OPENAI_MAX_OUTPUT_TOKENS", 4_096, 16, 1_000_000),
                structuredOutput(environment),
                hedgeAfter(environment),
                number(environment, "OPENAI_PRICE_INPUT", "0", 1e6),
                number(environment, "OPENAI_PRICE_OUTPUT", "0", 1e6),
                cacheEntries,
                shareCalls,
                Redactions.from(environment));
    }

    /** Unlike elsewhere an empty value is no missing one: reasoning models refuse the parameter. */
    private static Optional<Double> temperature(Environment environment) {
        var text = environment.variables().get("OPENAI_TEMPERATURE");
        return text != null && (text.isBlank() || "none".equalsIgnoreCase(text.strip()))
                ? Optional.empty()
                : Optional.of(number(environment, "OPENAI_TEMPERATURE", "0", 2));
    }

    private static Optional<Duration> hedgeAfter(Environment environment) {
        return environment.text("OPENAI_HEDGE_AFTER", null) == null
                ? Optional.empty()
                : Optional.of(environment.duration("OPENAI_HEDGE_AFTER", Duration.ZERO));
    }

    private static StructuredOutput structuredOutput(Environment environment) {
        var text = environment.text("OPENAI_STRUCTURED_OUTPUT", StructuredOutput.AUTO.setting());
        return Arrays.stream(StructuredOutput.values())
                .filter(output -> output.setting().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidSetting(
                        "OPENAI_STRUCTURED_OUTPUT",
                        text,
                        Arrays.stream(StructuredOutput.values())
                                .map(StructuredOutput::setting)
                                .collect(Collectors.joining(", "))));
    }

    private static double number(Environment environment, String variable, String otherwise, double max) {
        var text = environment.text(variable, otherwise);
        try {
            var number = Double.parseDouble(text);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below with what it takes.
        }
        throw new InvalidSetting(variable, text, "a number from 0 to " + (long) max);
    }
}
