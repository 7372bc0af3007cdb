package io.memoryreflector.ingest.rebuild;

import io.memoryreflector.schemas.topic.Topic;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.projection.Generation;
import io.memoryreflector.store.projection.GraphGenerations;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.neo4j.driver.Driver;
import org.neo4j.driver.TransactionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A generation of the graph. */
final class GraphProjection implements Projection {

    private static final Logger LOG = LoggerFactory.getLogger(GraphProjection.class);

    private static final List<Topic> TOPICS = List.of(
            Topics.INTERACTIONS,
            Topics.EPISODIC,
            Topics.SEMANTIC,
            Topics.PROCEDURAL,
            Topics.AMENDMENTS,
            Topics.SESSIONS,
            Topics.ERASURES);

    private final GraphGenerations generations;
    private final Generation generation;
    private final Consumer<TransactionContext> guard;
    private final Consumer<Driver> retention;
    private final Driver driver;
    private final LongTermMemory graph;

    /**
     * @param guard lets a transaction that deletes or switches go on only as long as this process has the rebuild: the next
     *     one may build what has the same labels
     * @param retention takes out of a graph what was kept for long enough
     * @param timeout of a batch
     */
    GraphProjection(
            GraphGenerations generations,
            Generation generation,
            Consumer<TransactionContext> guard,
            Consumer<Driver> retention,
            Duration timeout) {
        this.generations = generations;
        this.generation = generation;
        this.guard = guard;
        this.retention = retention;
        this.driver = generations.driver(generation);
        this.graph = new LongTermMemory(driver, timeout);
    }

    @Override
    public List<Topic> topics() {
        return TOPICS;
    }

    @Override
    public void clear() {
        generations.clear(generation, guard);
        graph.migrate();
    }

    /** A batch that is refused is written in halves, so that only what cannot be written is passed over. */
    @Override
    public int write(List<SpecificRecord> events) {
        try {
            graph.apply(events);
            return 0;
        } catch (RuntimeException e) {
            if (events.size() > 1 && (GraphErrors.isOfARecord(e) || GraphErrors.isTooMuch(e))) {
                var half = events.size() / 2;
                return write(events.subList(0, half)) + write(events.subList(half, events.size()));
            }
            if (GraphErrors.isOfARecord(e)) {
                LOG.warn(
                        "a record of kind {} is passed over",
                        events.get(0).getSchema().getName(),
                        e);
                return 1;
            }
            throw e;
        }
    }

    @Override
    public void settle() {
        retention.accept(driver);
    }

    @Override
    public void switchOver() {
        generations.switchTo(generation, guard);
    }

    @Override
    public void drop() {
        try {
            generations.awaitOthers();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Rebuilding.Stopped();
        }
        generations.clear(new Generation(generation.number() - 1), guard);
    }
}
