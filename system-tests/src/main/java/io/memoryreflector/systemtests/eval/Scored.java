package io.memoryreflector.systemtests.eval;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One question's measures, and how long its answer took. */
record Scored(String category, Map<Measure, Double> measures, double tookMs) {

    static Scored of(LabelledConversation.Question question, List<RankedItem> ranked, double tookMs) {
        var measures = new EnumMap<Measure, Double>(Measure.class);
        Arrays.stream(Measure.values())
                .forEach(measure -> measures.put(measure, measure.of(ranked, question.evidence())));
        return new Scored(question.category(), measures, tookMs);
    }

    /** The mean over questions, in percent. */
    static double mean(List<Scored> scores, Measure measure) {
        return 100
                * scores.stream()
                        .mapToDouble(scored -> scored.measures().get(measure))
                        .average()
                        .orElse(0);
    }
}
