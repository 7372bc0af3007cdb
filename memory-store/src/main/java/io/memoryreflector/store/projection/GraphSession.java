package io.memoryreflector.store.projection;

import java.util.Map;
import java.util.Set;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Bookmark;
import org.neo4j.driver.Query;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionCallback;
import org.neo4j.driver.TransactionConfig;

/** A session whose transactions are each about one generation of the graph. As every session, for one thread. */
final class GraphSession extends WordedRunner implements Session {

    private final Session raw;
    private final GenerationInUse inUse;
    private final AccessMode mode;

    /** @param mode of what commits by itself */
    GraphSession(Session raw, GenerationInUse inUse, AccessMode mode) {
        this.raw = raw;
        this.inUse = inUse;
        this.mode = mode;
    }

    @Override
    public <T> T executeRead(TransactionCallback<T> work, TransactionConfig config) {
        return raw.executeRead(
                tx -> work.execute(new GraphTransaction(tx, inUse.ofRead().orElseGet(() -> inUse.ask(tx::run)))),
                config);
    }

    @Override
    public <T> T executeWrite(TransactionCallback<T> work, TransactionConfig config) {
        return raw.executeWrite(
                tx -> work.execute(new GraphTransaction(tx, inUse.ofWrite().orElseGet(() -> inUse.ask(tx::run)))),
                config);
    }

    @Override
    public Result run(Query query) {
        return run(query, TransactionConfig.empty());
    }

    @Override
    public Result run(String text, TransactionConfig config) {
        return run(new Query(text), config);
    }

    @Override
    public Result run(String text, Map<String, Object> parameters, TransactionConfig config) {
        return run(new Query(text, parameters), config);
    }

    @Override
    public Result run(Query query, TransactionConfig config) {
        var known = mode == AccessMode.READ ? inUse.ofRead() : inUse.ofWrite();
        return raw.run(worded(query, known.orElseGet(() -> inUse.ask(it -> raw.run(it, config)))), config);
    }

    @Override
    public Transaction beginTransaction() {
        return beginTransaction(TransactionConfig.empty());
    }

    @Override
    public Transaction beginTransaction(TransactionConfig config) {
        throw new UnsupportedOperationException("transactions of the graph are executeRead and executeWrite");
    }

    @Override
    public Set<Bookmark> lastBookmarks() {
        return raw.lastBookmarks();
    }

    @Override
    public boolean isOpen() {
        return raw.isOpen();
    }

    @Override
    public void close() {
        raw.close();
    }
}
