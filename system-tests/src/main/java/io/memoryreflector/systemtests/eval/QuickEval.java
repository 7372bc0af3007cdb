package io.memoryreflector.systemtests.eval;

import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import io.memoryreflector.store.recall.Ingredient;
import io.memoryreflector.store.recall.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Evaluates recall over labelled conversations in this process, without any server, and prints what each ingredient of
 * the ranking brings.
 *
 * <p>Arguments: the files.
 */
public final class QuickEval {

    private QuickEval() {}

    public static void main(String[] args) {
        if (args.length == 0) {
            System.err.println("DATA: is missing, takes one or more JSON files of labelled conversations");
            System.exit(2);
        }
        var report = new Report(System.out);
        var embedder = new MiniLmEmbedder();
        var systems = new ArrayList<Map<String, List<Scored>>>();
        var facts = new LinkedHashMap<String, FactScore>();
        var reflected = new LinkedHashMap<LabelledConversation, InProcess>();
        for (var file : args) {
            var conversation = LabelledConversation.read(Path.of(file));
            var memories = InProcess.of(conversation, embedder);
            System.out.println(conversation.id() + ": " + memories.counted());
            reflected.put(conversation, memories);
            var ours = memories.ranking(Weights.STANDARD).score(conversation.answerable());
            report.byCategory(conversation.id(), ours);
            systems.add(Baselines.beside(ours, conversation, embedder));
            report.beside(conversation.id(), systems.get(systems.size() - 1));
            facts.put(conversation.id(), FactScore.of(conversation, memories.facts()));
        }
        report.beside("all", Report.joined(systems));
        report.facts(facts);
        ablations(report, reflected);
    }

    private static void ablations(Report report, Map<LabelledConversation, InProcess> reflected) {
        report.head("without");
        var whole = scores(reflected, Weights.STANDARD);
        report.row("  (nothing)", whole);
        for (var ingredient : Ingredient.values()) {
            report.row("  " + ingredient, scores(reflected, Weights.STANDARD.without(ingredient)));
        }
        reflected.forEach((conversation, memories) -> {
            report.head("without, " + conversation.id());
            Function<Weights, List<Scored>> of =
                    weights -> memories.ranking(weights).score(conversation.answerable());
            report.row("  (nothing)", of.apply(Weights.STANDARD));
            for (var ingredient : Ingredient.values()) {
                report.row("  " + ingredient, of.apply(Weights.STANDARD.without(ingredient)));
            }
        });
    }

    private static List<Scored> scores(Map<LabelledConversation, InProcess> reflected, Weights weights) {
        var scores = new ArrayList<Scored>();
        reflected.forEach((conversation, memories) ->
                scores.addAll(memories.ranking(weights).score(conversation.answerable())));
        return scores;
    }
}
