package io.memoryreflector.ingest.shadows;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a shadow would change.
 *
 * @param tiers by name; left out until it is done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ComparisonAnswer(
        String shadow,

        @Schema(allowableValues = {"running", "done"}) String state,

        long recordsRead,
        long recordsTotal,
        Map<String, TierAnswer> tiers) {

    /**
     * One tier.
     *
     * @param same memories that both have
     * @param added that the shadow would add
     * @param dropped that it would drop
     * @param changed that it would put in other words: they rest on the same messages
     * @param kept interactions that stay as they are because a person has deleted or changed a memory of them
     * @param waiting interactions that one of the two reflectors has not ended with
     * @param own interactions that the live reflector has reflected as the shadow does
     */
    record TierAnswer(
            long same, long added, long dropped, long changed, long kept, long waiting, long own, Examples examples) {}

    /** Some of each kind, drawn from all. */
    record Examples(List<ExampleAnswer> added, List<ExampleAnswer> dropped, List<ExampleAnswer> changed) {}

    /**
     * One difference.
     *
     * @param live its words in use; left out where it is added
     * @param shadow its words as the shadow has them; left out where it is dropped
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExampleAnswer(String namespace, String userId, String interactionId, String live, String shadow) {}

    static ComparisonAnswer of(String shadow, Comparisons.Job job, List<Tier> wanted) {
        var result = job.result();
        return new ComparisonAnswer(
                shadow,
                result.isPresent() ? "done" : "running",
                job.read(),
                job.total(),
                result.map(comparison -> tiers(comparison, wanted)).orElse(null));
    }

    private static Map<String, TierAnswer> tiers(Comparison comparison, List<Tier> wanted) {
        var tiers = new LinkedHashMap<String, TierAnswer>();
        wanted.forEach(tier -> tiers.put(tier.name().toLowerCase(Locale.ROOT), tier(comparison.of(tier))));
        return tiers;
    }

    private static TierAnswer tier(Comparison.OfTier tier) {
        return new TierAnswer(
                tier.same,
                tier.added.count,
                tier.dropped.count,
                tier.changed.count,
                tier.kept,
                tier.waiting,
                tier.own,
                new Examples(
                        examples(tier.added.examples()),
                        examples(tier.dropped.examples()),
                        examples(tier.changed.examples())));
    }

    private static List<ExampleAnswer> examples(List<Comparison.Example> examples) {
        return examples.stream().map(ComparisonAnswer::example).toList();
    }

    private static ExampleAnswer example(Comparison.Example example) {
        var user = UserKey.parse(example.user());
        return new ExampleAnswer(
                user.namespace(),
                user.userId(),
                example.interactionId(),
                example.live().map(Remembered::text).orElse(null),
                example.shadow().map(Remembered::text).orElse(null));
    }
}
