package io.memoryreflector.reflection.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSettingsTest {

    @Test
    void shouldBeOffWithoutAModel() {
        assertThat(ModelSettings.from(new Environment(Map.of("OPENAI_API_KEY", "sk-1"))))
                .isEmpty();
    }

    @Test
    void shouldNeedNoMoreThanAModel() {
        var settings = settings();

        assertThat(settings.endpoint().baseUrl()).isEqualTo(URI.create("https://api.openai.com/v1"));
        assertThat(settings.endpoint().bearer()).isEmpty();
        assertThat(settings.endpoint().embeddingModel()).isEmpty();
        assertThat(settings.temperature()).contains(0.0);
        assertThat(settings.maxOutputTokens()).isEqualTo(4_096);
        assertThat(settings.structuredOutput()).isEqualTo(StructuredOutput.AUTO);
        assertThat(settings.hedgeAfter()).isEmpty();
        assertThat(settings.inputPrice()).isZero();
        assertThat(settings.cacheEntries()).isEqualTo(10_000);
        assertThat(settings.shareCalls()).isFalse();
    }

    @Test
    void shouldReadWhatIsSet() {
        var settings = settings(
                "OPENAI_BASE_URL", "http://localhost:11434/v1/",
                "OPENAI_TEMPERATURE", "",
                "OPENAI_HEDGE_AFTER", "3s",
                "OPENAI_STRUCTURED_OUTPUT", "json_object",
                "OPENAI_EMBEDDING_MODEL", "nomic-embed-text",
                "OPENAI_EMBEDDING_DIMENSIONS", "256");

        assertThat(settings.endpoint().baseUrl()).isEqualTo(URI.create("http://localhost:11434/v1"));
        assertThat(settings.temperature()).isEmpty();
        assertThat(settings.hedgeAfter()).contains(Duration.ofSeconds(3));
        assertThat(settings.structuredOutput()).isEqualTo(StructuredOutput.JSON_OBJECT);
        assertThat(settings.endpoint().embeddingDimensions()).contains(256);
    }

    @Test
    void shouldNotShowTheKey() {
        assertThat(settings("OPENAI_API_KEY", "sk-secret-1234").toString()).doesNotContain("sk-secret");
        assertThatThrownBy(() -> settings("OPENAI_API_KEY", "sk-secret\n1234"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage("OPENAI_API_KEY: got 'a text of 14 characters', takes printable ASCII without blanks");
        assertThatThrownBy(() -> settings("OPENAI_BASE_URL", "https://me:sk-secret@host/v1"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageNotContaining("sk-secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPENAI_BASE_URL|localhost:11434|an http or https URL without query, such as http://host/v1",
                "OPENAI_BASE_URL|ftp://host|an http or https URL without query, such as http://host/v1",
                "OPENAI_BASE_URL|http://host/v1?api-version=1|an http or https URL without query, such as http://host/v1",
                "OPENAI_TEMPERATURE|hot|a number from 0 to 2",
                "OPENAI_TEMPERATURE|3|a number from 0 to 2",
                "OPENAI_MAX_OUTPUT_TOKENS|0|a whole number from 16 to 1000000",
                "OPENAI_STRUCTURED_OUTPUT|yaml|auto, json_schema, json_object, text",
                "OPENAI_HEDGE_AFTER|soon|a duration such as 500ms, 30s, 5m or 12h",
                "OPENAI_PRICE_INPUT|-1|a number from 0 to 1000000",
                "OPENAI_EMBEDDING_DIMENSIONS|many|a whole number from 1 to 16384",
                "REFLECTION_CACHE_ENTRIES|-1|a whole number from 0 to 10000000",
                "REFLECTION_SHARE_CALLS|maybe|true or false",
            })
    void shouldSayWhatASettingTakes(String variable, String value, String takes) {
        assertThatThrownBy(() -> settings(variable, value))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage(variable + ": got '" + value + "', takes " + takes);
    }

    @Test
    void shouldNotShareCallsWithoutACache() {
        assertThatThrownBy(() -> settings("REFLECTION_SHARE_CALLS", "true", "REFLECTION_CACHE_ENTRIES", "0"))
                .isInstanceOf(InvalidSetting.class);
    }

    private static ModelSettings settings(String... more) {
        var variables = new HashMap<>(Map.of("OPENAI_MODEL", "m"));
        for (var place = 0; place < more.length; place += 2) {
            variables.put(more[place], more[place + 1]);
        }
        return ModelSettings.from(new Environment(variables)).orElseThrow();
    }
}
