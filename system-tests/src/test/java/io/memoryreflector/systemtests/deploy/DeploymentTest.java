package io.memoryreflector.systemtests.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.net.httpserver.HttpServer;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.trace.OtlpTracing;
import io.memoryreflector.streams.ReflectorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docker-compose.yml}, the images and the Kubernetes base, held against what the programs know. */
class DeploymentTest {

    private static final Path ROOT = Path.of("..");
    private static final Path BASE = ROOT.resolve("deploy/kubernetes/base");
    private static final Pattern DEFAULTED = Pattern.compile("\\$\\{([A-Z_]+)(?::[-?]([^}]*))?}");

    /** Port and path of each program's health; connect's is Kafka's own. */
    private static final Map<String, Set<String>> HEALTH = Map.of(
            "ingest-service", Set.of("8080/actuator/health/readiness", "8080/actuator/health/liveness"),
            "streams-reflector", Set.of("8090/actuator/health", "8090/actuator/health/liveness"),
            "connect", Set.of("8083/connectors"));

    private static final List<String> TRACING = List.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_HEADERS",
            "OTEL_TRACES_SAMPLER",
            "OTEL_TRACES_SAMPLER_ARG");

    private static Map<String, KnownVariables> known;
    private static Map<String, Yaml> services;

    @BeforeAll
    static void read() throws IOException {
        List<Path> worker;
        try (var connectors = Files.list(ROOT.resolve("connectors/config"))) {
            worker = new ArrayList<>(connectors.toList());
        }
        worker.add(ROOT.resolve("deploy/docker/connect/connect.properties"));
        known = Map.of(
                "ingest-service", KnownVariables.of("ingest-service", "schemas", "reflection"),
                "streams-reflector", KnownVariables.of("streams-reflector", "schemas", "reflection"),
                "connect", KnownVariables.of("connectors", "schemas").and(worker));
        services = Yaml.documents(ROOT.resolve("docker-compose.yml"))
                .get(0)
                .at("services")
                .fields();
    }

    @Test
    void shouldRunTheWholeSystem() {
        assertThat(services)
                .containsKeys("kafka-1", "kafka-2", "kafka-3", "registry", "redis", "neo4j", "rabbitmq", "connect")
                .containsKeys("connectors", "reflector-1", "reflector-2", "ingest-service")
                .containsKeys("prometheus", "grafana", "ksqldb", "kafka-ui");
    }

    @Test
    void shouldBoundAndWatchEveryService() {
        services.forEach((name, service) -> {
            assertThat(service.at("healthcheck", "test").items())
                    .as(name + ": healthcheck")
                    .isNotEmpty();
            assertThat(service.at("user").text())
                    .as(name + ": user")
                    .matches("\\d+(:\\d+)?")
                    .doesNotStartWith("0");
            assertThat(service.at("deploy", "resources", "limits", "memory").exists())
                    .as(name + ": memory")
                    .isTrue();
            assertThat(service.at("deploy", "resources", "limits", "cpus").exists())
                    .as(name + ": cpus")
                    .isTrue();
            assertThat(service.at("restart").exists()).as(name + ": restart").isTrue();
            service.at("ports").items().forEach(port -> assertThat(port.text())
                    .as(name + ": of this machine alone")
                    .startsWith("127.0.0.1:"));
        });
    }

    @Test
    void shouldLetOurProgramsWriteNowhereButToDataAndTmp() {
        var ours = ours();
        assertThat(ours).hasSize(5);
        ours.forEach((name, service) -> {
            assertThat(service.at("read_only").value()).as(name + ": read_only").isEqualTo(true);
            assertThat(service.at("tmpfs", 0).text())
                    .as(name + ": native libraries run there")
                    .startsWith("/tmp:exec");
            assertThat(service.at("cap_drop", 0).text()).as(name).isEqualTo("ALL");
        });
    }

    @Test
    void shouldSetOnlyVariablesThatTheProgramsKnow() {
        ours().forEach((name, service) -> service.at("environment")
                .fields()
                .keySet()
                .forEach(variable -> assertThat(known.get(program(service)).contains(variable))
                        .as(name + " knows " + variable)
                        .isTrue()));
    }

    @Test
    void shouldGiveTheReflectorValuesThatItTakes() {
        for (var name : List.of("reflector-1", "reflector-2")) {
            var environment = new HashMap<String, String>();
            services.get(name)
                    .at("environment")
                    .fields()
                    .forEach((variable, value) ->
                            environment.put(variable, value.exists() ? filledIn(value.text()) : ""));
            environment.put("REFLECTOR_ENCRYPTION", "off");

            var settings = ReflectorSettings.from(new Environment(environment));

            assertThat(settings.membership().instanceId()).contains(name);
            assertThatCode(settings::streams).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldTraceInEveryProgramOnceACollectorIsNamed() throws IOException {
        var example = Files.readString(ROOT.resolve(".env.example"));
        for (var name : List.of("ingest-service", "reflector-1", "reflector-2", "connect")) {
            var given = services.get(name).at("environment").fields();
            assertThat(given).as(name).containsKeys(TRACING.toArray(String[]::new));
            var environment = new HashMap<String, String>();
            for (var variable : TRACING) {
                assertThat(given.get(variable).text()).as(name).startsWith("${" + variable + ":-");
                assertThat(example).contains("\n#" + variable + "=");
                environment.put(variable, filledIn(given.get(variable).text()));
            }

            assertThat(OtlpTracing.from(new Environment(environment), name).isOn())
                    .as(name + ", as it is")
                    .isFalse();
            environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318");
            try (var tracing = OtlpTracing.from(new Environment(environment), name)) {
                assertThat(tracing.isOn()).as(name + ", with a collector").isTrue();
            }
        }
    }

    @Test
    void shouldAskForHealthWhereTheProgramsHaveIt() throws IOException {
        ours().forEach((name, service) -> {
            var asked = service.at("healthcheck", "test");
            if (!name.equals("connectors")) {
                assertThat(asked.at(1).text()).as(name).isEqualTo("healthy");
                assertThat(HEALTH.get(program(service)))
                        .as(name)
                        .contains(asked.at(2).text() + asked.at(3).text());
            }
        });
        var inImages = Pattern.compile("CMD \\[\"healthy\", \"(\\d+)\", \"([^\"]+)\"]")
                .matcher(Files.readString(ROOT.resolve("deploy/docker/Dockerfile")));
        var found = new HashSet<String>();
        while (inImages.find()) {
            found.add(inImages.group(1) + inImages.group(2));
        }
        assertThat(found)
                .containsExactlyInAnyOrder("8080/actuator/health/readiness", "8090/actuator/health", "8083/connectors");
    }

    @Test
    void shouldMountAndCopyFilesThatExist() throws IOException {
        services.forEach((name, service) -> service.at("volumes").items().stream()
                .map(volume -> volume.text().split(":")[0])
                .filter(source -> source.startsWith("./"))
                .forEach(source -> assertThat(ROOT.resolve(source)).as(name).exists()));
        for (var line : Files.readAllLines(ROOT.resolve("deploy/docker/Dockerfile"))) {
            if (line.startsWith("COPY")) {
                var words = new ArrayList<>(List.of(line.split(" ")));
                words.removeIf(word -> word.equals("COPY") || word.startsWith("--"));
                words.subList(0, words.size() - 1)
                        .forEach(file -> assertThat(ROOT.resolve(file)).as(line).exists());
            }
        }
    }

    @Test
    void shouldPutIntoTheImageWhatTheReflectorsJarNames() throws IOException {
        var dockerfile = Files.readString(ROOT.resolve("deploy/docker/Dockerfile"));
        var ignored = Files.readAllLines(ROOT.resolve(".dockerignore"));
        try (var jar = new JarFile(
                ROOT.resolve("streams-reflector/target/streams-reflector.jar").toFile())) {
            for (var library :
                    jar.getManifest().getMainAttributes().getValue("Class-Path").split(" ")) {
                assertThat(ROOT.resolve("streams-reflector/target").resolve(library))
                        .exists();
                assertThat(library).startsWith("lib/");
            }
        }
        assertThat(dockerfile).contains("COPY streams-reflector/target/lib /app/lib\n");
        for (var source : List.of("streams-reflector/target/lib", "ingest-service/target/ingest-service.jar")) {
            assertThat(ignored).contains("!" + source);
        }
    }

    /** Neo4j's harness is GPL: it is a server of the local stack, in a process of its own. */
    @Test
    void shouldPutNothingOfNeo4jsServerIntoAnImage() throws IOException {
        var files = new ArrayList<String>();
        for (var folder : List.of(
                "streams-reflector/target/lib", "connectors/target/plugins", "local-stack/kafka/target/agent")) {
            try (var jars = Files.walk(ROOT.resolve(folder))) {
                jars.forEach(jar -> files.add(jar.getFileName().toString()));
            }
        }
        try (var jar = new JarFile(
                ROOT.resolve("ingest-service/target/ingest-service.jar").toFile())) {
            jar.stream().forEach(entry -> files.add(entry.getName().replaceAll(".*/", "")));
        }
        assertThat(files).anyMatch(file -> file.startsWith("neo4j-java-driver"));
        assertThat(files).noneMatch(file -> file.matches("neo4j-(?!java-driver|bolt-connection).*\\.jar"));
    }

    @Test
    void shouldNameEverySecretInTheExample() throws IOException {
        var example = Files.readString(ROOT.resolve(".env.example"));
        var required =
                Pattern.compile("\\$\\{([A-Z_]+):\\?").matcher(Files.readString(ROOT.resolve("docker-compose.yml")));
        while (required.find()) {
            assertThat(example).contains("\n" + required.group(1) + "=\n");
        }
    }

    @Test
    void shouldTellWellFromIllAndFromGone() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/well", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/ill", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        var port = Integer.toString(server.getAddress().getPort());
        try {
            assertThat(healthy(port, "/well")).isZero();
            assertThat(healthy(port, "/ill")).isNotZero();
        } finally {
            server.stop(0);
        }
        assertThat(healthy(port, "/well")).isNotZero();
    }

    @Test
    void shouldHoldKubernetesToTheSame() throws IOException {
        for (var program : HEALTH.keySet()) {
            var workload = Yaml.documents(BASE.resolve(program + ".yaml")).get(0);
            var pod = workload.at("spec", "template", "spec");
            var container = pod.at("containers", 0);
            assertThat(pod.at("securityContext", "runAsNonRoot").value())
                    .as(program)
                    .isEqualTo(true);
            // Else the cluster itself sets variables such as KAFKA_PORT.
            assertThat(pod.at("enableServiceLinks").value()).as(program).isEqualTo(false);
            assertThat(container.at("securityContext", "readOnlyRootFilesystem").value())
                    .as(program)
                    .isEqualTo(true);
            assertThat(container.at("resources", "limits", "memory").exists())
                    .as(program)
                    .isTrue();
            for (var probe : List.of("startupProbe", "readinessProbe")) {
                var get = container.at(probe, "httpGet");
                var port = container.at("ports", 0, "containerPort").text();
                assertThat(HEALTH.get(program))
                        .as(program)
                        .contains(port + get.at("path").text());
            }
            container.at("env").items().forEach(variable -> assertThat(
                            known.get(program).contains(variable.at("name").text()))
                    .as(program + " knows " + variable.at("name").text())
                    .isTrue());
        }
    }

    @Test
    void shouldGiveKubernetesProgramsVariablesThatOneOfThemKnows() throws IOException {
        for (var file : List.of(
                BASE.resolve("memory-reflector.env"),
                BASE.resolveSibling("example").resolve("secret.example.env"))) {
            for (var line : Files.readAllLines(file)) {
                var variable = line.split("=")[0];
                assertThat(known.values()).as(variable).anyMatch(program -> program.contains(variable));
            }
        }
    }

    private static Map<String, Yaml> ours() {
        var ours = new HashMap<>(services);
        ours.values().removeIf(service -> !service.at("image").text().startsWith("memory-reflector/"));
        return ours;
    }

    private static String program(Yaml service) {
        return service.at("image").text().replaceAll("^memory-reflector/|:.*", "");
    }

    /** With the default where there is one. */
    private static String filledIn(String value) {
        return DEFAULTED.matcher(value).replaceAll(found -> found.group(2) == null ? "" : found.group(2));
    }

    private static int healthy(String port, String path) throws Exception {
        var script = ROOT.resolve("deploy/docker/healthy").toString();
        var process = new ProcessBuilder("bash", script, port, path)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
