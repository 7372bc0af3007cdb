package io.memoryreflector.systemtests.faults.agent;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** Takes the place of the embedding model, which would have to be loaded at each of a hundred starts. */
final class NoEmbedding {

    private static final int DIMENSIONS = 384;

    private NoEmbedding() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
        return true;
    }

    @Advice.OnMethodExit
    static void exit(@Advice.Argument(0) List<String> texts, @Advice.Return(readOnly = false) List<float[]> vectors) {
        vectors = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            vectors.add(new float[DIMENSIONS]);
        }
    }
}
