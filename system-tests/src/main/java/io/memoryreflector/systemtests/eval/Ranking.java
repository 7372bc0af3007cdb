package io.memoryreflector.systemtests.eval;

import java.util.ArrayList;
import java.util.List;

/** Something that ranks a conversation's messages, or memories of them, for a question. */
@FunctionalInterface
interface Ranking {

    /** Best first, at least as many as fit into 1 024 tokens, where there are as many. */
    List<RankedItem> rank(LabelledConversation.Question question);

    /** All questions' scores, in order. */
    default List<Scored> score(List<LabelledConversation.Question> questions) {
        var scores = new ArrayList<Scored>();
        for (var question : questions) {
            var started = System.nanoTime();
            var ranked = rank(question);
            scores.add(Scored.of(question, ranked, (System.nanoTime() - started) / 1e6));
        }
        return scores;
    }
}
