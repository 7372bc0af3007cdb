package io.memoryreflector.connect.neo4j;

import io.memoryreflector.connect.sink.Outages;
import io.memoryreflector.connect.sink.SinkSettings;
import io.memoryreflector.connect.sink.StoreSinkTask;
import io.memoryreflector.store.Neo4jConnection;
import io.memoryreflector.store.longterm.LongTermMemory;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.neo4j.driver.Driver;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;

/** Writes interactions and memories to Neo4j; brings its constraints and indexes up to date before the first write. */
public final class Neo4jSinkTask extends StoreSinkTask {

    static final String URL = "neo4j.url";
    static final String USER = "neo4j.user";
    static final String PASSWORD = "neo4j.password";

    static final ConfigDef DEFINITION = SinkSettings.definition()
            .define(
                    URL,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    new ConfigDef.NonEmptyString(),
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
    private boolean migrated;

    @Override
    protected ConfigDef definition() {
        return DEFINITION;
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
    protected void write(Events events) {
        if (!migrated) {
            longTerm.migrate();
            migrated = true;
        }
        longTerm.apply(events.all());
    }

    @Override
    protected boolean isOutage(RuntimeException error) {
        return error instanceof RetryableException
                || Outages.isNoAnswer(error)
                || error instanceof Neo4jException neo4j && neo4j.code().startsWith("Neo.TransientError");
    }

    @Override
    protected void close() {
        if (driver != null) {
            driver.close();
        }
    }
}
