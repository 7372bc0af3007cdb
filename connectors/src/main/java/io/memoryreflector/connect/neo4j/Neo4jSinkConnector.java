package io.memoryreflector.connect.neo4j;

import io.memoryreflector.connect.sink.StoreSinkConnector;
import io.memoryreflector.schemas.topic.Topic;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Interactions and memories become the graph. */
public final class Neo4jSinkConnector extends StoreSinkConnector {

    @Override
    public Class<? extends Task> taskClass() {
        return Neo4jSinkTask.class;
    }

    @Override
    public ConfigDef config() {
        return Neo4jSinkTask.DEFINITION;
    }

    @Override
    protected List<Topic> takes() {
        return Neo4jSinkTask.TOPICS;
    }
}
