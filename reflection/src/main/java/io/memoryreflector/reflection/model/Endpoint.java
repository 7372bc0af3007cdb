package io.memoryreflector.reflection.model;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * Where a model is found and how it is spoken to. Its text shows no secret.
 *
 * @param baseUrl {@code OPENAI_BASE_URL}, without a slash at its end
 * @param apiKey {@code OPENAI_API_KEY}; a server of one's own often needs none
 * @param apiVersion {@code OPENAI_API_VERSION}: where it is set the endpoint is spoken to as Azure's are, with the version
 *     in the query and the key in a header of its own
 * @param embeddingModel {@code OPENAI_EMBEDDING_MODEL}; without it texts are embedded in this process
 * @param embeddingDimensions {@code OPENAI_EMBEDDING_DIMENSIONS}, for models that can shorten their vectors
 */
public record Endpoint(
        URI baseUrl,
        Optional<ApiKey> apiKey,
        Optional<String> apiVersion,
        Optional<String> embeddingModel,
        Optional<Integer> embeddingDimensions) {

    private static final String DEFAULT_BASE_URL = "https://api.openai.com/v1";

    private static final int MOST_DIMENSIONS = 16_384;

    /** Reads and checks the settings. */
    public static Endpoint from(Environment environment) {
        return new Endpoint(
                url(environment.text("OPENAI_BASE_URL", DEFAULT_BASE_URL)),
                Optional.ofNullable(environment.text("OPENAI_API_KEY", null))
                        .map(key -> ApiKey.of("OPENAI_API_KEY", key)),
                Optional.ofNullable(environment.text("OPENAI_API_VERSION", null)),
                Optional.ofNullable(environment.text("OPENAI_EMBEDDING_MODEL", null)),
                environment.text("OPENAI_EMBEDDING_DIMENSIONS", null) == null
                        ? Optional.empty()
                        : Optional.of(environment.integer("OPENAI_EMBEDDING_DIMENSIONS", 1, 1, MOST_DIMENSIONS)));
    }

    /** Key for the {@code Authorization} header. */
    Optional<String> bearer() {
        return apiVersion.isPresent() ? Optional.empty() : apiKey.map(ApiKey::value);
    }

    /** Headers of every request beside {@code Authorization}. */
    Map<String, String> headers() {
        return apiVersion.isPresent() && apiKey.isPresent()
                ? Map.of("api-key", apiKey.get().value())
                : Map.of();
    }

    /** Query of every request. */
    Map<String, String> query() {
        return apiVersion.map(version -> Map.of("api-version", version)).orElse(Map.of());
    }

    private static URI url(String text) {
        try {
            var url = new URI(text.replaceFirst("/+$", ""));
            var isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isHttp && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
                return url;
            }
            if (url.getRawUserInfo() != null) {
                throw new InvalidSetting("OPENAI_BASE_URL", "a URL with a user in it", "a URL without; OPENAI_API_KEY");
            }
        } catch (URISyntaxException e) {
            // Reported below with what it takes.
        }
        throw new InvalidSetting("OPENAI_BASE_URL", text, "an http or https URL without query, such as http://host/v1");
    }
}
