package io.memoryreflector.connect.neo4j;

import io.memoryreflector.connect.ServerAddress;
import io.memoryreflector.connect.sink.Blame;
import io.memoryreflector.connect.sink.Events;
import io.memoryreflector.connect.sink.SinkSettings;
import io.memoryreflector.connect.sink.StoreSinkTask;
import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.Neo4jConnection;
import io.memoryreflector.store.longterm.LongTermMemory;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.neo4j.driver.Driver;

/** Writes interactions, memories, changes of them and sessions in short to Neo4j and deletes there what is to be forgotten; brings its constraints and indexes up to date before the first write. */
public final class Neo4jSinkTask extends StoreSinkTask {

    static final String URL = "neo4j.url";
    static final String USER = "neo4j.user";
    static final String PASSWORD = "neo4j.password";

    static final List<Topic> TOPICS = List.of(
            Topics.INTERACTIONS,
            Topics.EPISODIC,
            Topics.SEMANTIC,
            Topics.PROCEDURAL,
            Topics.AMENDMENTS,
            Topics.SESSIONS,
            Topics.ERASURES);

    static final ConfigDef DEFINITION = SinkSettings.definition()
            .define(
                    URL,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ServerAddress.of("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"),
                    Importance.HIGH,
                    "Address of Neo4j, such as bolt://host:7687 or neo4j+s://host.")
            .define(USER, Type.STRING, "neo4j", Importance.HIGH, "User of Neo4j.")
            .define(
                    PASSWORD,
                    Type.PASSWORD,
                    "",
                    Importance.HIGH,
                    "Password of Neo4j; empty where the server asks for none.");

    private Driver driver;
    private LongTermMemory longTerm;

    @Override
    protected String store() {
        return "neo4j";
    }

    @Override
    protected ConfigDef definition() {
        return DEFINITION;
    }

    @Override
    protected List<Topic> topics() {
        return TOPICS;
    }

    @Override
    protected void open(AbstractConfig config) {
        var timeout = Duration.ofMillis(config.getInt(SinkSettings.TIMEOUT_MS));
        driver = Neo4jConnection.open(
                config.getString(URL),
                config.getString(USER),
                config.getPassword(PASSWORD).value(),
                timeout);
        longTerm = new LongTermMemory(driver, timeout);
    }

    @Override
    protected void prepare() {
        longTerm.migrate();
    }

    @Override
    protected void write(Events events) {
        longTerm.apply(events.all());
    }

    @Override
    protected Blame blame(RuntimeException error) {
        return Neo4jErrors.blame(error);
    }

    @Override
    protected void close() {
        if (driver != null) {
            driver.close();
        }
    }
}
