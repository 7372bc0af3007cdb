package io.memoryreflector.connect.neo4j;

import io.memoryreflector.connect.sink.StoreSinkConnector;
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
}
