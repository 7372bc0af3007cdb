package io.memoryreflector.reflection.offline;

import io.memoryreflector.reflection.embedding.Embedder;
import java.util.ArrayList;
import java.util.List;

/** A cheap embedder that records what it was asked, call by call. */
final class HashEmbedder implements Embedder {

    final List<List<String>> calls = new ArrayList<>();

    @Override
    public String model() {
        return "hash";
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        calls.add(List.copyOf(texts));
        return texts.stream().map(HashEmbedder::vector).toList();
    }

    static float[] vector(String text) {
        var angle = text.hashCode();
        return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
    }
}
