package io.memoryreflector.connect.redis;

import io.memoryreflector.connect.sink.StoreSinkConnector;
import io.memoryreflector.schemas.topic.Topic;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Interactions become the users' last turns, and reflections what became of them, until an erasure takes them. */
public final class RedisSinkConnector extends StoreSinkConnector {

    @Override
    public Class<? extends Task> taskClass() {
        return RedisSinkTask.class;
    }

    @Override
    public ConfigDef config() {
        return RedisSinkTask.DEFINITION;
    }

    @Override
    protected List<Topic> takes() {
        return RedisSinkTask.TOPICS;
    }
}
