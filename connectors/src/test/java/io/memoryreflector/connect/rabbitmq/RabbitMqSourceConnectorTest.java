package io.memoryreflector.connect.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Connect says to a configuration before anything runs. */
class RabbitMqSourceConnectorTest {

    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final Map<String, String> RIGHT = Map.of(
            "rabbitmq.uri",
            "amqp://app:secret@127.0.0.1:5672/vhost",
            "schema.registry.url",
            "http://127.0.0.1:8081",
            "key.converter",
            BYTES,
            "value.converter",
            BYTES,
            "header.converter",
            BYTES);

    @Test
    void shouldBeFoundByServiceLoading() {
        assertThat(ServiceLoader.load(SourceConnector.class).stream().map(ServiceLoader.Provider::type))
                .contains(RabbitMqSourceConnector.class);
    }

    @Test
    void shouldTakeWhatIsRightAndPromiseNoMore() {
        assertThat(errors("", "")).isEmpty();
        assertThat(errors("rabbitmq.priorities", "normal,high").isEmpty()).isFalse();
        assertThat(errors("rabbitmq.priorities", "NORMAL,HIGH")).isEmpty();
        assertThat(new RabbitMqSourceConnector().exactlyOnceSupport(RIGHT)).isEqualTo(ExactlyOnceSupport.UNSUPPORTED);
    }

    @ParameterizedTest
    @CsvSource({
        "rabbitmq.uri,http://127.0.0.1:5672",
        "rabbitmq.uri,amqp://app:secret@127.0.0.1:5672/a/secret",
        "rabbitmq.queue,''",
        "rabbitmq.prefetch.count,0",
        "rabbitmq.prefetch.count,many",
        "rabbitmq.declare,perhaps",
        "rabbitmq.namespace,No such",
        "rabbitmq.priorities,SOON",
        "rabbitmq.declare.max.priority,256",
        "limit.body.bytes,9999999",
        "key.converter,org.apache.kafka.connect.json.JsonConverter",
        "value.converter,org.apache.kafka.connect.json.JsonConverter",
        "header.converter,org.apache.kafka.connect.storage.SimpleHeaderConverter",
        "errors.tolerance,all",
        "schema.registry.url,127.0.0.1:8081"
    })
    void shouldRefuseWhatIsWrong(String setting, String value) {
        var errors = errors(setting, value);

        assertThat(errors).isNotEmpty().allMatch(error -> error.contains(setting));
        assertThat(errors).noneMatch(error -> error.contains("secret"));
    }

    @Test
    void shouldNameTheKeyStoreThatCannotBeRead() {
        var settings = new HashMap<>(RIGHT);
        settings.put("rabbitmq.uri", "amqps://app:secret@127.0.0.1");
        settings.put("rabbitmq.ssl.truststore.location", "/no/such/file");

        assertThat(errors(settings)).singleElement().asString().contains("rabbitmq.ssl.truststore.location");
    }

    @Test
    void shouldTakeALoneSlashForTheDefaultVirtualHost() {
        assertThat(virtualHost("amqp://app:secret@127.0.0.1:5672/")).isEqualTo("/");
        assertThat(virtualHost("amqp://app:secret@127.0.0.1:5672")).isEqualTo("/");
        assertThat(virtualHost("amqp://app:secret@127.0.0.1:5672/%2F")).isEqualTo("/");
        assertThat(virtualHost("amqp://app:secret@127.0.0.1:5672/mine")).isEqualTo("mine");
    }

    @Test
    void shouldKeepSecretsSecretAndDescribeEverySetting() {
        var settings = new RabbitMqSourceConnector().config().configKeys();

        assertThat(List.of("rabbitmq.uri", "rabbitmq.ssl.truststore.password", "rabbitmq.ssl.keystore.password"))
                .allMatch(name -> settings.get(name).type == ConfigDef.Type.PASSWORD);
        assertThat(settings.values()).noneMatch(setting -> setting.documentation.isBlank());
    }

    private static String virtualHost(String uri) {
        var settings = new HashMap<>(RIGHT);
        settings.put("rabbitmq.uri", uri);
        return new RabbitMqSettings(settings).connectionFactory().getVirtualHost();
    }

    private static List<String> errors(String changed, String value) {
        var settings = new HashMap<>(RIGHT);
        if (!changed.isEmpty()) {
            settings.put(changed, value);
        }
        return errors(settings);
    }

    private static List<String> errors(Map<String, String> settings) {
        return new RabbitMqSourceConnector()
                .validate(settings).configValues().stream()
                        .map(ConfigValue::errorMessages)
                        .flatMap(List::stream)
                        .toList();
    }
}
