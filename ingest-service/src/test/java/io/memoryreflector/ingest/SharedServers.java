package io.memoryreflector.ingest;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.store.longterm.LongTermMemory;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * Servers that all test classes share, started by the first that asks for them, for a start costs more than most tests; they
 * end with the tests. A test takes users, or a namespace, of its own and asks for nothing that others could have added to.
 */
final class SharedServers implements BeforeAllCallback {

    private static final Set<Part> PARTS = EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.NEO4J);

    private static LocalStack steady;
    private static LocalStack breakable;
    private static Service service;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.GLOBAL)
                .computeIfAbsent(SharedServers.class, key -> (AutoCloseable) SharedServers::close, AutoCloseable.class);
    }

    /** Servers that no test breaks. */
    static LocalStack steady() {
        if (steady == null) {
            steady = LocalStack.start(PARTS);
        }
        return steady;
    }

    /** Servers that a test may kill; those that the last one left dead are started again. */
    static LocalStack breakable() {
        if (breakable == null) {
            // For ingest-service as a process of its own, which a test starts while Kafka is dead.
            var settings = new HashMap<>(Service.PARTITIONS);
            settings.put("KAFKA_START_TIMEOUT", "1s");
            breakable = LocalStack.start(PARTS, settings);
        }
        for (var part : PARTS) {
            if (!breakable.process(part).isAlive()) {
                breakable.process(part).restart();
            }
        }
        return breakable;
    }

    /** The service over the steady servers, as it is without settings. */
    static Service service() {
        if (service == null) {
            // Above what a query takes on a machine that does everything at once: a 503 is then the test's doing.
            service = Service.start(steady(), Map.of("NEO4J_TIMEOUT", "30s"));
            service.bean(LongTermMemory.class).migrate();
        }
        return service;
    }

    private static void close() {
        if (service != null) {
            service.close();
        }
        for (var stack : new LocalStack[] {steady, breakable}) {
            if (stack != null) {
                stack.close();
            }
        }
    }
}
