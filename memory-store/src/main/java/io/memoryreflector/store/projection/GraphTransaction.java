package io.memoryreflector.store.projection;

import org.neo4j.driver.Query;
import org.neo4j.driver.Result;
import org.neo4j.driver.TransactionContext;

/** A transaction about one generation of the graph. */
final class GraphTransaction extends WordedRunner implements TransactionContext {

    private final TransactionContext raw;
    private final Generation generation;

    GraphTransaction(TransactionContext raw, Generation generation) {
        this.raw = raw;
        this.generation = generation;
    }

    @Override
    public Result run(Query query) {
        return raw.run(worded(query, generation));
    }
}
