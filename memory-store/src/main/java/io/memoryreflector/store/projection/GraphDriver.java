package io.memoryreflector.store.projection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Query;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionCallback;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.TransactionContext;

/**
 * A driver whose statements are about one generation of the graph: a given one, or the one in use. Every write asks inside
 * of its transaction which that is; reads ask twice a second, so for so long after a switch they see the one before. Only
 * what the stores need is carried: sessions, managed transactions and statements that commit by themselves. Thread-safe.
 */
public final class GraphDriver {

    private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();

    private static final String CURRENT =
            "MATCH (p:Projection {name: 'graph'}) RETURN p.generation AS generation LIMIT 1";

    private final Driver raw;
    private final Optional<Generation> pinned;
    private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(Generation.FIRST, 0, false));

    private GraphDriver(Driver raw, Optional<Generation> pinned) {
        this.raw = raw;
        this.pinned = pinned;
    }

    /** Follows the generation in use. */
    public static Driver following(Driver raw) {
        return new GraphDriver(raw, Optional.empty()).proxy();
    }

    /** Stays with one generation. */
    public static Driver pinned(Driver raw, Generation generation) {
        return new GraphDriver(raw, Optional.of(generation)).proxy();
    }

    /** The driver below, whose statements are run as they are. */
    public static Driver raw(Driver driver) {
        return Proxy.isProxyClass(driver.getClass()) && Proxy.getInvocationHandler(driver) instanceof Handler handler
                ? handler.of.raw
                : driver;
    }

    /** Which generation is in use, as a transaction sees it. */
    static Generation current(TransactionContext tx) {
        return tx.run(CURRENT).stream()
                .findFirst()
                .map(row -> new Generation(row.get("generation").asLong()))
                .orElse(Generation.FIRST);
    }

    private record Seen(Generation generation, long nanos, boolean everLooked) {

        boolean isFresh() {
            return everLooked && System.nanoTime() - nanos < FRESH_NANOS;
        }
    }

    /** What reads are about, where that does not have to be asked. */
    private Optional<Generation> known() {
        var last = seen.get();
        return pinned.isPresent() || !last.isFresh() ? pinned : Optional.of(last.generation);
    }

    private Generation reading(TransactionContext tx) {
        return known().orElseGet(() -> writing(tx));
    }

    private Generation writing(TransactionContext tx) {
        return pinned.orElseGet(() -> {
            var generation = current(tx);
            seen.set(new Seen(generation, System.nanoTime(), true));
            return generation;
        });
    }

    /** Of a statement that commits by itself. */
    private Generation alone(Session session, boolean isRead) {
        return (isRead ? known() : pinned).orElseGet(() -> session.executeRead(this::writing));
    }

    /** What stands in for a driver; its class tells it from proxies of others. */
    private record Handler(GraphDriver of) implements InvocationHandler {

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("executableQuery")) {
                throw new UnsupportedOperationException("statements of the graph run in sessions");
            }
            var answer = call(of.raw, method, arguments);
            return answer instanceof Session session ? of.session(session, isRead(arguments)) : answer;
        }
    }

    private static boolean isRead(Object[] arguments) {
        return arguments != null
                && Arrays.stream(arguments)
                        .anyMatch(it ->
                                it instanceof SessionConfig config && config.defaultAccessMode() == AccessMode.READ);
    }

    private Driver proxy() {
        return proxy(Driver.class, new Handler(this));
    }

    private Session session(Session session, boolean isRead) {
        return proxy(Session.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "executeRead" -> session.executeRead(work(arguments, this::reading), config(arguments));
            case "executeWrite" -> session.executeWrite(work(arguments, this::writing), config(arguments));
            case "executeWriteWithoutResult" -> {
                @SuppressWarnings("unchecked")
                var work = (Consumer<TransactionContext>) arguments[0];
                session.executeWriteWithoutResult(tx -> work.accept(transaction(tx, writing(tx))), config(arguments));
                yield null;
            }
            case "run" -> call(session, method, worded(arguments, alone(session, isRead)));
            case "executeReadWithoutResult", "beginTransaction" ->
                throw new UnsupportedOperationException("transactions of the graph are executeRead and executeWrite");
            default -> call(session, method, arguments);
        });
    }

    @SuppressWarnings("unchecked")
    private static TransactionCallback<Object> work(
            Object[] arguments, Function<TransactionContext, Generation> generation) {
        var work = (TransactionCallback<Object>) arguments[0];
        return tx -> work.execute(transaction(tx, generation.apply(tx)));
    }

    private static TransactionConfig config(Object[] arguments) {
        return arguments.length > 1 ? (TransactionConfig) arguments[1] : TransactionConfig.empty();
    }

    private static TransactionContext transaction(TransactionContext tx, Generation generation) {
        return proxy(
                TransactionContext.class,
                (proxy, method, arguments) ->
                        call(tx, method, method.getName().equals("run") ? worded(arguments, generation) : arguments));
    }

    private static Object[] worded(Object[] arguments, Generation generation) {
        var worded = arguments.clone();
        worded[0] = arguments[0] instanceof Query query
                ? query.withText(generation.of(query.text()))
                : generation.of((String) arguments[0]);
        return worded;
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
