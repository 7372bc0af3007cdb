package io.memoryreflector.store.projection;

import java.util.Map;
import org.neo4j.driver.Query;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.SimpleQueryRunner;
import org.neo4j.driver.Value;

/** Runs statements in the words of a generation, in whichever form they are handed over. */
abstract class WordedRunner implements SimpleQueryRunner {

    @Override
    public final Result run(String text) {
        return run(new Query(text));
    }

    @Override
    public final Result run(String text, Value parameters) {
        return run(new Query(text, parameters));
    }

    @Override
    public final Result run(String text, Map<String, Object> parameters) {
        return run(new Query(text, parameters));
    }

    @Override
    public final Result run(String text, Record parameters) {
        return run(new Query(text, parameters.asMap()));
    }

    static Query worded(Query query, Generation generation) {
        return query.withText(generation.of(query.text()));
    }
}
