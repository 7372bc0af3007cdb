package io.memoryreflector.systemtests;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.systemtests.tracing.OtlpCollector;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * The whole system with keys, for all test classes that break nothing: started by the first of them, for a start costs more
 * than most tests; it ends with the tests. Each takes a namespace or users of its own.
 */
public final class SharedSystem implements BeforeAllCallback {

    /** Admin of all namespaces. */
    public static final String OPERATOR = "operator-0123456789abcdef0123456789abcdef";

    /** Admin of the namespace {@code acme}. */
    public static final String ADMIN = "acme-admin-0123456789abcdef0123456789abcdef";

    /** Reader of the namespace {@code acme}. */
    public static final String READER = "acme-reader-0123456789abcdef0123456789abcdef";

    private static LocalStack stack;
    private static OtlpCollector collector;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.GLOBAL)
                .computeIfAbsent(SharedSystem.class, key -> start(), AutoCloseable.class);
    }

    /** Its servers. */
    public static LocalStack stack() {
        return stack;
    }

    /** To which its programs tell their spans. */
    public static OtlpCollector collector() {
        return collector;
    }

    private static AutoCloseable start() {
        collector = OtlpCollector.start();
        stack = LocalStack.start(
                Part.whole(),
                Map.of(
                        "REFLECTOR_API_KEYS",
                        OPERATOR + ":*:admin," + ADMIN + ":acme:admin," + READER + ":acme:read",
                        "REFLECTOR_RATE_LIMIT",
                        "0",
                        // Above what a query takes on a machine that does everything at once: this is not about speed.
                        "NEO4J_TIMEOUT",
                        "30s",
                        "REDIS_TIMEOUT",
                        "10s",
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        collector.endpoint(),
                        "OTEL_BSP_SCHEDULE_DELAY",
                        "200"));
        return () -> {
            stack.close();
            collector.close();
        };
    }
}
