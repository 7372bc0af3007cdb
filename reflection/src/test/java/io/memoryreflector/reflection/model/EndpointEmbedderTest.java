package io.memoryreflector.reflection.model;

import static io.memoryreflector.reflection.model.ModelServer.error;
import static io.memoryreflector.reflection.model.ModelServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.ReflectionFailure.ProviderDown;
import io.memoryreflector.reflection.ReflectionFailure.Transient;
import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointEmbedderTest {

    private final ModelServer server = new ModelServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldMakeVectorsOfUnitLengthInOrder() {
        var vectors = embedder().embed(List.of("four", "a", "four"));

        assertThat(vectors).hasSize(3);
        assertThat(vectors.get(0)[0]).isCloseTo(4 / (float) Math.sqrt(17), within(1e-6f));
        assertThat(vectors.get(0)[1]).isCloseTo(1 / (float) Math.sqrt(17), within(1e-6f));
        assertThat(vectors.get(1)[0]).isCloseTo(1 / (float) Math.sqrt(2), within(1e-6f));
        assertThat(vectors.get(2)).isEqualTo(vectors.get(0));
    }

    @Test
    void shouldAskForEachTextOnceAndForAFewAtATime() {
        var embedder = embedder();
        var texts = IntStream.range(0, 200).mapToObj(i -> "text " + i).toList();

        embedder.embed(texts);
        embedder.embed(texts);

        var counts = server.requests(ModelServer.EMBEDDINGS).stream()
                .map(request -> ModelServer.JSON
                        .readTree(request.getBodyAsString())
                        .path("input")
                        .size())
                .toList();
        assertThat(counts).containsExactlyInAnyOrder(96, 96, 8);
    }

    @Test
    void shouldSendTextsAsEndpointsTakeThem() {
        embedder().embed(List.of(" ", "x".repeat(9_000)));

        var input = ModelServer.JSON
                .readTree(server.requests(ModelServer.EMBEDDINGS).get(0).getBodyAsString())
                .path("input");
        assertThat(input.get(0).asString()).isEqualTo(".");
        assertThat(input.get(1).asString()).hasSize(8_000);
    }

    @Test
    void shouldNameItsModelWithTheLengthThatWasAskedFor() {
        assertThat(embedder().model()).isEqualTo("test-embedding");
        var shortened = embedder("OPENAI_EMBEDDING_DIMENSIONS", "2");
        shortened.embed("x");

        assertThat(shortened.model()).isEqualTo("test-embedding/2");
        assertThat(server.requests(ModelServer.EMBEDDINGS).get(0).getBodyAsString())
                .contains("\"dimensions\" : 2");
    }

    @Test
    void shouldEmbedInThisProcessWhereTheEndpointNamesNoModel() {
        assertThat(embedder("OPENAI_EMBEDDING_MODEL", "")).isInstanceOf(MiniLmEmbedder.class);
    }

    @Test
    void shouldTellItsFailuresAsTheChatDoes() {
        assertThat(failureOf(error(401, "invalid_api_key", null, "no"))).isInstanceOf(ProviderDown.class);
        var limited = failureOf(error(429, null, null, "slow down").withHeader("Retry-After", "3"));
        assertThat(((Transient) limited).retryAfter()).contains(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[]}",
                "{\"data\":[{\"index\":0,\"embedding\":[0,0]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[]}]}",
                "{\"data\":[{\"index\":0}]}",
                "{}"
            })
    void shouldNotTakeWhatIsNoVector(String body) {
        assertThat(failureOf(json(200, body))).isInstanceOf(Transient.class);
    }

    private ReflectionFailure failureOf(ResponseDefinitionBuilder answer) {
        server.wireMock.stubFor(WireMock.post(ModelServer.EMBEDDINGS).willReturn(answer));
        return ModelFailures.of(catchThrowable(() -> embedder().embed("x")));
    }

    private Embedder embedder(String... settings) {
        return Embedders.from(
                server.settings(settings).endpoint(), Duration.ofSeconds(5), server.metrics, Clock.systemUTC());
    }
}
