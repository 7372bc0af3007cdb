package io.memoryreflector.reflection.embedding;

import java.util.List;

/** Makes dense vectors of unit length. Thread-safe. */
public interface Embedder {

    /** Name of the model; vectors of different models are never compared. */
    String model();

    /**
     * One vector of unit length for each text, in order.
     *
     * @param texts any number; a text that is longer than the model takes is cut
     */
    List<float[]> embed(List<String> texts);

    /** The vector of one text. */
    default float[] embed(String text) {
        return embed(List.of(text)).get(0);
    }
}
