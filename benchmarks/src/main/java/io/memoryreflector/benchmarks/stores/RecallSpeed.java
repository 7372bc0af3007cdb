package io.memoryreflector.benchmarks.stores;

import io.memoryreflector.benchmarks.Benchmark;
import io.memoryreflector.benchmarks.Length;
import io.memoryreflector.benchmarks.measure.Comparison;
import io.memoryreflector.benchmarks.measure.Contender;
import io.memoryreflector.benchmarks.measure.Figure;
import io.memoryreflector.benchmarks.measure.Goal;
import io.memoryreflector.benchmarks.measure.Result;
import io.memoryreflector.benchmarks.measure.Sample;
import io.memoryreflector.benchmarks.measure.Turns;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Tier;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import io.memoryreflector.schemas.Cores;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Neo4jConnection;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.recall.Recall;
import io.memoryreflector.store.recall.RecallQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.neo4j.driver.Driver;

/**
 * Recall of a question, its embedding included, beside the one question to the graph that no recall can do without: what
 * has been written since?
 */
public final class RecallSpeed implements Benchmark {

    private static final int QUESTIONS = 500;
    private static final int OTHERS = 1_000_000;
    private static final int OF_EACH_OTHER = 1_000;
    private static final int BATCH = 500;
    private static final long CACHE = 256L << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final Set<Tier> TIERS = Set.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    private static final String SINCE = "MATCH (u:User {user_key: $user}) OPTIONAL MATCH (m:Memory)"
            + " WHERE m.user_key = $user AND m.seq > u.seq RETURN u.seq AS seq, properties(m) AS memory";

    private final Episodes episodes = new Episodes();
    private final MiniLmEmbedder embedder = new MiniLmEmbedder(Cores.allButOne());

    @Override
    public String name() {
        return "recall";
    }

    @Override
    public List<Result> measure(Turns turns, Length length) throws Exception {
        try (var stack = LocalStack.startLongLived(EnumSet.of(Part.NEO4J), Map.of());
                var driver = Neo4jConnection.open(stack.neo4jUrl(), "", "", TIMEOUT)) {
            var longTerm = new LongTermMemory(driver, TIMEOUT);
            longTerm.migrate();
            var few = write(longTerm, "few", 100);
            var many = write(longTerm, "many", 10_000);
            var recall = new Recall(longTerm, CACHE);
            var questions = length.work(QUESTIONS);
            var results = new ArrayList<Result>();
            results.add(turns.of(figure("100 memories", recall, driver, few, questions)));
            results.add(turns.of(figure("10 000 memories", recall, driver, many, questions)));
            var others = length.work(OTHERS);
            fill(driver, others);
            results.add(turns.of(figure(
                    "10 000 memories amid "
                            + String.format(Locale.ROOT, "%,d", others).replace(',', ' '),
                    recall,
                    driver,
                    many,
                    questions)));
            return results;
        }
    }

    private Figure figure(String of, Recall recall, Driver driver, UserKey user, int questions) {
        return Figure.of(
                "recall, p95, " + of,
                "ms",
                new Contender("recall, embedding included", () -> p95(questions, () -> ask(recall, user))),
                Comparison.with(
                        new Goal.AtMost(3),
                        new Contender(
                                "what was written since, asked of Neo4j",
                                () -> p95(questions, () -> {
                                    try (var session = driver.session()) {
                                        session.executeRead(tx -> tx.run(SINCE, Map.of("user", user.toString()))
                                                .list());
                                    }
                                }))));
    }

    private void ask(Recall recall, UserKey user) {
        var text = "What did Ada say about " + episodes.sentence() + "?";
        var items = recall.recall(new RecallQuery(
                user,
                text,
                Optional.of(embedder.embed(text)),
                embedder.model(),
                10,
                TIERS,
                Optional.empty(),
                OptionalInt.empty(),
                NOW));
        if (items.isEmpty()) {
            throw new IllegalStateException("nothing is recalled for " + text);
        }
    }

    private static Sample p95(int count, Runnable step) {
        var took = new double[count];
        for (var i = 0; i < count; i++) {
            var begun = System.nanoTime();
            step.run();
            took[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(took);
        return new Sample(took[(int) (0.95 * (count - 1))], Map.of("p50", took[count / 2]));
    }

    private UserKey write(LongTermMemory longTerm, String name, int count) {
        var user = new UserKey(UserKey.DEFAULT_NAMESPACE, name);
        for (var from = 0; from < count; from += BATCH) {
            var batch = new ArrayList<Episode>();
            for (var number = from; number < Math.min(count, from + BATCH); number++) {
                batch.add(episodes.of(user, number));
            }
            longTerm.apply(batch);
        }
        return user;
    }

    /** Others' memories, of which nobody asks: no more of them than the indexes need. */
    private static void fill(Driver driver, int count) {
        for (var from = 0; from < count; from += OF_EACH_OTHER) {
            var user = "default/other" + from;
            var many = Math.min(OF_EACH_OTHER, count - from);
            try (var session = driver.session()) {
                session.executeWrite(
                        tx -> tx.run("""
                                CREATE (:User {user_key: $user, seq: $count})
                                WITH 1 AS one
                                UNWIND range(1, $count) AS n
                                CREATE (:Memory:Episode {memory_id: $user + '-' + n, user_key: $user, seq: n, occurred_at: n,
                                  recorded_at: n, text: 'we walked the dog by the river and talked of work, ' + n})
                                """, Map.of("user", user, "count", many)).consume());
            }
        }
    }
}
