package io.memoryreflector.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.connect.neo4j.Neo4jSinkConnector;
import io.memoryreflector.connect.redis.RedisSinkConnector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Connect says to a configuration before anything runs. */
class SinkConfigTest {

    private static final Map<String, String> REDIS = Map.of(
            "topics",
            "memory.interactions, memory.reflections",
            "redis.url",
            "redis://:secret@127.0.0.1:6379",
            "schema.registry.url",
            "http://127.0.0.1:8081");
    private static final Map<String, String> NEO4J = Map.of(
            "topics",
            "memory.interactions,memory.episodic,memory.semantic,memory.procedural,memory.sessions",
            "neo4j.url",
            "bolt://127.0.0.1:7687",
            "schema.registry.url",
            "http://127.0.0.1:8081");

    @Test
    void shouldBeFoundByServiceLoading() {
        assertThat(ServiceLoader.load(SinkConnector.class).stream().map(ServiceLoader.Provider::type))
                .contains(RedisSinkConnector.class, Neo4jSinkConnector.class);
    }

    @Test
    void shouldTakeWhatIsRight() {
        assertThat(errors(new RedisSinkConnector(), REDIS, "", "")).isEmpty();
        assertThat(errors(new Neo4jSinkConnector(), NEO4J, "", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "redis.url,http://127.0.0.1:6379",
        "redis.url,not an address with a secret",
        "schema.registry.url,127.0.0.1:8081",
        "batch.size,0",
        "timeout.ms,-1",
        "short.term.max.interactions,0",
        "short.term.ttl.hours,soon",
        "topics,'memory.interactions,memory.episodic'"
    })
    void shouldRefuseWhatIsWrongForRedis(String setting, String value) {
        var errors = errors(new RedisSinkConnector(), REDIS, setting, value);

        assertThat(errors).isNotEmpty().allMatch(error -> error.contains(setting));
        assertThat(errors).noneMatch(error -> error.contains("secret"));
    }

    @ParameterizedTest
    @CsvSource({"neo4j.url,http://127.0.0.1:7687", "topics,memory.reflections", "batch.size,many"})
    void shouldRefuseWhatIsWrongForNeo4j(String setting, String value) {
        assertThat(errors(new Neo4jSinkConnector(), NEO4J, setting, value))
                .isNotEmpty()
                .allMatch(error -> error.contains(setting));
    }

    @Test
    void shouldKeepSecretsSecretAndDescribeEverySetting() {
        var settings = new HashMap<>(new RedisSinkConnector().config().configKeys());
        settings.putAll(new Neo4jSinkConnector().config().configKeys());

        assertThat(settings.get("redis.url").type).isEqualTo(ConfigDef.Type.PASSWORD);
        assertThat(settings.get("neo4j.password").type).isEqualTo(ConfigDef.Type.PASSWORD);
        assertThat(settings.values()).noneMatch(setting -> setting.documentation.isBlank());
    }

    private static List<String> errors(
            SinkConnector connector, Map<String, String> settings, String changed, String value) {
        var all = new HashMap<>(settings);
        if (!changed.isEmpty()) {
            all.put(changed, value);
        }
        return connector.validate(all).configValues().stream()
                .map(ConfigValue::errorMessages)
                .flatMap(List::stream)
                .toList();
    }
}
