package io.memoryreflector.reflection.model;

import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.reflection.model.http.Deadline;
import java.util.List;

/** Makes vectors by a deadline. Thread-safe. */
interface TimedEmbedder {

    /** Name of the model. */
    String model();

    /** One vector for each text, in order; may wait a moment to share a call with others. */
    List<float[]> embed(List<String> texts, Deadline deadline);

    /** One that waits for nobody, and so needs no deadline. */
    static TimedEmbedder of(Embedder embedder) {
        return embedder instanceof TimedEmbedder timed ? timed : new InProcess(embedder);
    }

    /** Embeds on the calling thread. */
    record InProcess(Embedder embedder) implements TimedEmbedder {
        @Override
        public String model() {
            return embedder.model();
        }

        @Override
        public List<float[]> embed(List<String> texts, Deadline deadline) {
            return embedder.embed(texts);
        }
    }
}
