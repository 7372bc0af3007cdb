package io.memoryreflector.connect.rabbitmq;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Jobs of a RabbitMQ queue become interactions. Each task is a consumer of its own of the same queue. */
public final class RabbitMqSourceConnector extends SourceConnector {

    static final String VERSION = "1";

    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final String TOLERANCE = "errors.tolerance";

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public void start(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return RabbitMqSourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    @Override
    public void stop() {
        properties = Map.of();
    }

    @Override
    public ConfigDef config() {
        return RabbitMqSettings.DEFINITION;
    }

    /** RabbitMQ takes part in no transaction of Kafka's, so a crash repeats; the interaction's id makes it harmless. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> properties) {
        return ExactlyOnceSupport.UNSUPPORTED;
    }

    /** Also refuses what Connect would take and what would lose or garble jobs. */
    @Override
    public Config validate(Map<String, String> settings) {
        var values = new ArrayList<>(super.validate(settings).configValues());
        if (values.stream().allMatch(value -> value.errorMessages().isEmpty())) {
            tlsProblem(settings).ifPresent(values::add);
        }
        Stream.of("key.converter", "value.converter", "header.converter")
                .filter(name -> !BYTES.equals(settings.get(name)))
                .map(name -> problem(name, settings.get(name), "takes " + BYTES + ", since the records are bytes"))
                .forEach(values::add);
        if ("all".equals(settings.get(TOLERANCE))) {
            values.add(problem(
                    TOLERANCE,
                    "all",
                    "takes none: Connect would drop what it cannot send; messages that are no jobs are parked anyway"));
        }
        return new Config(values);
    }

    private static Optional<ConfigValue> tlsProblem(Map<String, String> settings) {
        try {
            new RabbitMqSettings(settings).connectionFactory();
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(new ConfigValue(RabbitMqSettings.URI_SETTING, null, List.of(), List.of(e.getMessage())));
        }
    }

    private static ConfigValue problem(String name, String value, String takes) {
        return new ConfigValue(name, value, List.of(), List.of(name + ": got " + value + ", " + takes));
    }
}
