package io.memoryreflector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.store.longterm.LongTermMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each server goes away and comes back: health says so, the rest goes on, and nothing has to be restarted. */
@ExtendWith(SharedServers.class)
class OutagesIT {

    private static final Duration HEALING = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static LocalStack stack;
    private static Service service;
    /** The small disk that a test fills has to be mounted. Whoever may do that must not pass without. */
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    @BeforeAll
    static void start() throws Exception {
        var disk = Files.createDirectory(folder.resolve("disk"));
        if (ROOT) {
            assertThat(run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()))
                    .isZero();
        }
        stack = SharedServers.breakable();
        stack.startAll(EnumSet.of(Part.CONNECT));
        service = Service.start(
                stack, Map.of("OUTBOX_DIR", disk.toString(), "CONNECT_URL", stack.connectUrl(), "NEO4J_TIMEOUT", "2s"));
        service.bean(LongTermMemory.class).migrate();
        await().atMost(HEALING).untilAsserted(OutagesIT::assertAllUp);
    }

    @AfterAll
    static void stop() throws Exception {
        if (service != null) {
            service.close();
        }
        stack.process(Part.CONNECT).close();
        if (ROOT) {
            run("umount", "-l", folder.resolve("disk").toString());
        }
    }

    @Test
    void shouldTakeInteractionsWithoutRedis() {
        assertOutage(Part.REDIS, "redis", () -> {
            assertThat(write()).isEqualTo("queued_reflection");
            assertThat(service.get("/api/v1/users/u/status").status()).isEqualTo(503);
        });
        await().atMost(HEALING).untilAsserted(() -> assertThat(
                        service.get("/api/v1/users/u/status").status())
                .isEqualTo(200));
    }

    @Test
    void shouldTakeInteractionsWithoutNeo4j() {
        assertOutage(Part.NEO4J, "neo4j", () -> {
            assertThat(write()).isEqualTo("queued_reflection");
            assertThat(service.get("/api/v1/users/u/memories").status()).isEqualTo(503);
        });
        await().atMost(HEALING).untilAsserted(() -> assertThat(
                        service.get("/api/v1/users/u/memories").status())
                .isEqualTo(200));
    }

    @Test
    void shouldTakeInteractionsWithoutTheRegistry() {
        assertOutage(Part.REGISTRY, "registry", () -> assertThat(write()).isEqualTo("queued_reflection"));
    }

    @Test
    void shouldTakeInteractionsWithoutConnect() {
        assertOutage(Part.CONNECT, "connect", () -> assertThat(write()).isEqualTo("queued_reflection"));
    }

    @Test
    void shouldBeNotReadyOnlyWhileNeitherKafkaNorTheDiskTakesAnything() throws Exception {
        Assumptions.assumeTrue(ROOT, "only root can mount the small disk that is filled here, as CI does");
        var others = folder.resolve("disk/others");

        assertOutage(Part.KAFKA, "kafka", () -> {
            assertThat(write()).isEqualTo("spooled");
            fill(others);

            var refused = service.post("/api/v1/interactions", body("x".repeat(200_000)));
            assertThat(refused.status()).as(refused.response().body()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(refused.text("/detail")).contains("the outbox's disk fails");
            assertThat(service.get("/actuator/health").text("/components/outbox/status"))
                    .isEqualTo("DOWN");
            assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);

            Files.delete(others);
            await().atMost(HEALING).untilAsserted(() -> assertThat(
                            service.get("/actuator/health/readiness").status())
                    .isEqualTo(200));
            assertThat(write()).isEqualTo("spooled");
        });
        await().atMost(HEALING).untilAsserted(() -> assertThat(write()).isEqualTo("queued_reflection"));
    }

    /** Kills a part, sees that health names it and that the service stays ready, and has it come back. */
    private static void assertOutage(Part part, String component, Check meanwhile) {
        stack.process(part).kill();
        try {
            var health = service.get("/actuator/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.text("/components/" + component + "/status")).isEqualTo("DOWN");
            assertThat(health.response().body()).doesNotContain("\\tat ", "\tat ");
            assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
            meanwhile.run();
            assertThat(service.get("/actuator/health/readiness").status()).isEqualTo(200);
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            stack.process(part).restart();
        }
        await().atMost(HEALING).untilAsserted(OutagesIT::assertAllUp);
    }

    private static void assertAllUp() {
        var health = service.get("/actuator/health");
        assertThat(health.status()).as(health.response().body()).isEqualTo(200);
    }

    private static String write() {
        var answer = service.post("/api/v1/interactions", body("hello"));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return answer.text("/status");
    }

    private static String body(String content) {
        return "{\"user_id\": \"u\", \"interaction_id\": \"%s\", \"user_message\": \"%s\"}"
                .formatted(UUID.randomUUID(), content);
    }

    private static void fill(Path file) throws Exception {
        try (var out = Files.newOutputStream(file)) {
            var block = new byte[4_096];
            while (true) {
                out.write(block);
            }
        } catch (java.io.IOException full) {
            assertThat(Files.size(file)).isPositive();
        }
    }

    private static int run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    private interface Check {

        void run() throws Exception;
    }
}
