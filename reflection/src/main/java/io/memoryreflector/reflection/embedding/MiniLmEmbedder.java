package io.memoryreflector.reflection.embedding;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.memoryreflector.schemas.Cores;
import java.util.List;

/**
 * all-MiniLM-L6-v2, quantised, in this process: no network, 384 dimensions.
 *
 * <p>Thread-safe; embeds on the calling thread. The model is loaded at the first text, once for the process, and takes
 * about a second and 100 MB outside the heap.
 */
public final class MiniLmEmbedder implements Embedder {

    /** Name of the model, as it stands beside its vectors. */
    public static final String MODEL = "all-minilm-l6-v2-q";

    /** Numbers in a vector. */
    public static final int DIMENSIONS = 384;

    /** About the 512 word pieces that the model reads at once. */
    private static final int LONGEST_TEXT = 2_000;

    private static final Cores ALL = Cores.all();

    private final Cores cores;

    /** Embeds on as many cores as there are. */
    public MiniLmEmbedder() {
        this(ALL);
    }

    /** @param cores where it embeds, a text at a time */
    public MiniLmEmbedder(Cores cores) {
        this.cores = cores;
    }

    @Override
    public String model() {
        return MODEL;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        // Text by text: a quantised model scales by the largest value of its input, so in a shared run a text's vector
        // would depend on its neighbours, and a repeat would not write the same bytes.
        return texts.stream().map(this::vector).toList();
    }

    private float[] vector(String text) {
        var isLong = text.length() > LONGEST_TEXT;
        try {
            return vectorOf(isLong ? text.substring(0, LONGEST_TEXT) : text);
        } catch (IllegalArgumentException e) {
            // The model reads nothing in blanks, control characters or lone accents.
            return vectorOf(".");
        }
    }

    private float[] vectorOf(String text) {
        var model = Loaded.MODEL;
        return cores.compute(() -> model.embed(TextSegment.from(text)).content().vector());
    }

    /** Loads the model when the first text arrives. */
    private static final class Loaded {
        private static final EmbeddingModel MODEL;

        static {
            // Unless told otherwise, the tokenizer's library asks the cloud's metadata service where it runs and
            // reports home.
            System.setProperty("OPT_OUT_TRACKING", "true");
            System.setProperty("ai.djl.offline", "true");
            MODEL = new OneThreadModel("/all-minilm-l6-v2-q.onnx", "/all-minilm-l6-v2-q-tokenizer.json");
        }

        private Loaded() {}
    }
}
