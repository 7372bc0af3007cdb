package io.memoryreflector.connect.sink;

import io.memoryreflector.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;

/** A sink whose tasks all have the connector's own settings. */
public abstract class StoreSinkConnector extends SinkConnector {

    private Map<String, String> properties = Map.of();

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void start(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    @Override
    public void stop() {
        properties = Map.of();
    }

    /** Refuses a topic that this sink would not know what to do with, before a record of it is read. */
    @Override
    public Config validate(Map<String, String> settings) {
        var config = super.validate(settings);
        var known = takes().stream().map(Topic::name).toList();
        var unknown = Arrays.stream(settings.getOrDefault(TOPICS_CONFIG, "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !known.contains(name))
                .toList();
        if (unknown.isEmpty()) {
            return config;
        }
        var values = new ArrayList<>(config.configValues());
        values.add(new ConfigValue(
                TOPICS_CONFIG,
                settings.get(TOPICS_CONFIG),
                List.of(),
                List.of(TOPICS_CONFIG + ": got " + unknown + "; this sink takes " + known)));
        return new Config(values);
    }

    /** The topics whose records this sink can write. */
    protected abstract List<Topic> takes();
}
