package io.memoryreflector.systemtests.eval;

import io.memoryreflector.reflection.embedding.Embedder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.en.EnglishAnalyzer;

/** The plain systems that ours is measured beside, over the same messages and questions. */
final class Baselines {

    /** Under which name our scores stand. */
    static final String OURS = "ours";

    private Baselines() {}

    /** Our scores first, then those of the baselines. */
    static Map<String, List<Scored>> beside(List<Scored> ours, LabelledConversation conversation, Embedder embedder) {
        var questions = conversation.answerable();
        var systems = new LinkedHashMap<String, List<Scored>>();
        systems.put(OURS, ours);
        systems.put("BM25", new LexicalBaseline(conversation, new EnglishAnalyzer()).score(questions));
        systems.put("dense", new DenseBaseline(conversation, embedder).score(questions));
        return systems;
    }
}
