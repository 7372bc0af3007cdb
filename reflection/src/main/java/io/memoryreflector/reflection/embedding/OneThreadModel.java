package io.memoryreflector.reflection.embedding;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A model that computes on the calling thread alone. By default the runtime shares each text among as many threads as
 * there are cores, which wait for each other by spinning: beside other work a text then takes ten times as long.
 */
final class OneThreadModel extends AbstractInProcessEmbeddingModel {

    private final OnnxBertBiEncoder encoder;

    /**
     * @param model resource on the classpath
     * @param tokenizer resource on the classpath
     */
    OneThreadModel(String model, String tokenizer) {
        super(Runnable::run);
        try (var options = new OrtSession.SessionOptions();
                var modelBytes = OneThreadModel.class.getResourceAsStream(model);
                var tokenizerJson = OneThreadModel.class.getResourceAsStream(tokenizer)) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            var environment = OrtEnvironment.getEnvironment();
            var session = environment.createSession(modelBytes.readAllBytes(), options);
            encoder = new OnnxBertBiEncoder(environment, session, tokenizerJson, PoolingMode.MEAN);
        } catch (OrtException e) {
            throw new IllegalStateException("the embedding model cannot be loaded", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected OnnxBertBiEncoder model() {
        return encoder;
    }
}
