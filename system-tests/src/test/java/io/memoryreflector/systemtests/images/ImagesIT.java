package io.memoryreflector.systemtests.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.systemtests.http.MemoryApi;
import io.memoryreflector.systemtests.http.Reflected;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.containers.ContainerState;
import org.testcontainers.containers.wait.strategy.Wait;

/** {@code make images-test}: the whole system as images, as an operator starts it. */
@Tag("images")
@EnabledIf(value = "hasDocker", disabledReason = "no Docker engine answers here")
class ImagesIT {

    private static final File ROOT = new File("..");
    private static final Duration UP = Duration.ofMinutes(10);
    private static final Duration REFLECTED_WITHIN = Duration.ofMinutes(3);
    private static final URI SERVICE = URI.create("http://127.0.0.1:8080");

    private static ComposeContainer system;
    private static MemoryApi application;

    static boolean hasDocker() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        var secrets = newEnvironment();
        system = new ComposeContainer(new File(ROOT, "docker-compose.yml"))
                .withEnv(secrets)
                .withBuild(true)
                .withStartupTimeout(UP)
                .waitingFor("reflector-1", Wait.forHealthcheck().withStartupTimeout(UP))
                .waitingFor("reflector-2", Wait.forHealthcheck().withStartupTimeout(UP))
                .waitingFor("connect", Wait.forHealthcheck().withStartupTimeout(UP))
                .waitingFor("ingest-service", Wait.forHealthcheck().withStartupTimeout(UP));
        system.start();
        application = new MemoryApi(SERVICE, Optional.of(secrets.get("APPLICATION_KEY")));
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.stop();
        }
    }

    @Test
    void shouldRecallWhatWasHandedOverWithAKeyAndNothingWithoutOne() throws Exception {
        assertThat(new MemoryApi(SERVICE)
                        .post(interaction("nobody", "x1", "Hello."))
                        .status())
                .isEqualTo(401);

        remember("ada", "i1", "I live in Lisbon.");

        assertThat(application
                        .recall("ada", "Where do I live?", 5)
                        .path("items")
                        .valueStream())
                .anyMatch(item -> item.path("text").asString().contains("Lisbon"));
    }

    @Test
    void shouldGoOnWithTheOtherReflectorWhenOneIsKilled() throws Exception {
        remember("grace", "i2", "My cat is called Pepper.");
        DockerClientFactory.instance()
                .client()
                .killContainerCmd(container("reflector-1").getContainerId())
                .exec();

        remember("grace", "i3", "My dog is called Biscuit.", 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest-service", "reflector-2", "connect"})
    void shouldRunAsAUserWithoutRightsOnAFileSystemThatCannotBeWrittenTo(String service) {
        var info = container(service).getContainerInfo();

        assertThat(info.getHostConfig().getReadonlyRootfs()).isTrue();
        assertThat(info.getConfig().getUser())
                .isNotBlank()
                .doesNotStartWith("root")
                .doesNotStartWith("0");
    }

    private static void remember(String user, String id, String said) throws InterruptedException {
        remember(user, id, said, 1);
    }

    private static void remember(String user, String id, String said, int received) throws InterruptedException {
        assertThat(application.post(interaction(user, id, said)).status()).isEqualTo(202);
        Reflected.await(application, user, received, REFLECTED_WITHIN, done -> {});
    }

    private static Map<String, Object> interaction(String user, String id, String said) {
        return Map.of(
                "user_id",
                user,
                "session_id",
                "s1",
                "interaction_id",
                id,
                "messages",
                List.of(Map.of("message_id", id + "-m", "role", "user", "content", said)));
    }

    private static ContainerState container(String service) {
        return system.getContainerByServiceName(service).orElseThrow();
    }

    /** As {@code deploy/docker/new-env > .env} gives it. */
    private static Map<String, String> newEnvironment() throws IOException, InterruptedException {
        var process = new ProcessBuilder(new File(ROOT, "deploy/docker/new-env").getCanonicalPath())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var environment = new TreeMap<String, String>();
        try (var lines = process.inputReader()) {
            lines.lines()
                    .filter(line -> line.matches("[A-Z_]+=.+"))
                    .map(line -> line.split("=", 2))
                    .forEach(variable -> environment.put(variable[0], variable[1]));
        }
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("deploy/docker/new-env gives no settings");
        }
        return environment;
    }
}
