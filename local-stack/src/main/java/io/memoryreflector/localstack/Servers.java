package io.memoryreflector.localstack;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** How each part is run: commands, configuration files and health checks, in one place. */
final class Servers {

    private static final Duration HEALTH = Duration.ofSeconds(2);
    private static final Duration FORMAT = Duration.ofSeconds(60);
    private static final String CLUSTER_ID = "bWVtb3J5LXJlZmxlY3Rvcg";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(HEALTH).build();

    /** Without it, Kafka and Connect say nothing but errors, and not when. */
    private static final String LOGGING = """
            appender.console.type=Console
            appender.console.name=console
            appender.console.layout.type=PatternLayout
            appender.console.layout.pattern=%d %p %c{1}: %m%n%ex
            rootLogger.level=warn
            rootLogger.appenderRef.console.ref=console
            logger.ours.name=io.memoryreflector
            logger.ours.level=info
            """;

    /** ApiVersions request, version 0, of client "hc"; answered with correlation id 1 and error code 0. */
    private static final String KAFKA_API_VERSIONS = "0000000c" + "0012" + "0000" + "00000001" + "00026863";

    private static final Expected KAFKA_NO_ERROR = new Expected(4, "00000001" + "0000");

    /** Bolt's magic number and four proposals, of which the first, 5.0, is what Neo4j 5 takes. */
    private static final String BOLT_HANDSHAKE = "6060b017" + "00000005" + "00000000".repeat(3);

    private static final Expected BOLT_5 = new Expected(0, "00000005");
    private static final String REDIS_PING = "50494e470d0a";
    private static final Expected REDIS_PONG = new Expected(0, "2b504f4e47");

    /** "-NOAUTH": it answers, and asks for a password. */
    private static final Expected REDIS_ASKS = new Expected(0, "2d4e4f41555448");

    private final Home home;
    private final Path data;
    private final Ports ports;
    private final Map<String, String> settings;
    private final Optional<Security> security;
    private final Jvms jvms;
    private final RabbitMq rabbit;

    /**
     * @param settings environment of our own programs, of Connect and of RabbitMQ, over what the stack itself sets
     * @param security of Kafka, Redis and Neo4j; without it they take anybody, in the clear
     */
    Servers(Home home, Path data, Ports ports, Map<String, String> settings, Optional<Security> security, Jvms jvms) {
        this.home = home;
        this.data = data;
        this.ports = ports;
        this.settings = settings;
        this.security = security;
        this.jvms = jvms;
        this.rabbit = new RabbitMq(data.resolve("rabbitmq"), ports, settings);
    }

    Server of(Part part) {
        return switch (part) {
            case KAFKA -> kafka();
            case REGISTRY -> registry();
            case REDIS -> redis();
            case NEO4J -> neo4j();
            case RABBITMQ -> rabbit.server();
            case CONNECT -> connect();
            case REFLECTOR ->
                program(part, "streams-reflector/target/streams-reflector.jar", "-Xmx1g", "/actuator/health");
            case INGEST -> // Ready, though servers that it can do without are away.
                program(part, "ingest-service/target/ingest-service.jar", "-Xmx1g", "/actuator/health/readiness");
        };
    }

    private Server kafka() {
        var logs = data.resolve("kafka");
        var logging = data.resolve("log4j2.properties");
        var properties = data.resolve("kafka.properties");
        var classpath = home.built("local-stack/kafka/target/lib") + "/*";
        return new Server(
                Part.KAFKA,
                java(
                        "-Xmx768m",
                        "-Dlog4j2.configurationFile=" + logging,
                        "-cp",
                        classpath,
                        "kafka.Kafka",
                        properties.toString()),
                Map.of(),
                () -> {
                    Files.createDirectories(data);
                    Files.writeString(properties, kafkaProperties(logs));
                    Files.writeString(logging, LOGGING);
                    if (!Files.exists(logs.resolve("meta.properties"))) {
                        format(classpath, properties);
                    }
                },
                () -> exchanges(Part.KAFKA, KAFKA_API_VERSIONS, KAFKA_NO_ERROR));
    }

    private String kafkaProperties(Path logs) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=%4$s://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=%4$s://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=%4$s:%4$s,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=10
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=10
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                log.segment.bytes=67108864
                """.formatted(
                                ports.of(Part.KAFKA),
                                ports.kafkaController(),
                                logs,
                                security.isPresent() ? "SASL_SSL" : "PLAINTEXT")
                + security.map(Security::kafkaProperties).orElse("");
    }

    private void format(String classpath, Path properties) throws IOException {
        var command = java(
                "-cp", classpath, "kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", properties.toString());
        security.ifPresent(secret -> command.addAll(List.of(
                "--add-scram",
                "%s=[name=%s,password=%s]".formatted(Security.MECHANISM, Security.USER, secret.password()))));
        var log = data.resolve("kafka-format.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(FORMAT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new StackException("Kafka's storage cannot be formatted:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private Server registry() {
        var folder = home.built("local-stack/registry/target/registry");
        var jar = Arrays.stream(folder.toFile().listFiles())
                .filter(file -> file.getName().endsWith("-runner.jar"))
                .findFirst()
                .orElseThrow(() ->
                        new StackException("the schema registry is missing in " + folder + ": run 'make build' first"));
        // A schema's id is in records as soon as it is given: it must not be lost in H2's half second before it writes.
        var database = "jdbc:h2:file:" + data.resolve("registry/registry") + ";WRITE_DELAY=0";
        var health = schemaRegistryUrl() + "/subjects";
        return new Server(
                Part.REGISTRY,
                java("-Xmx384m", "-jar", jar.getPath()),
                Map.of(
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(ports.of(Part.REGISTRY)),
                        "QUARKUS_HTTP_HOST",
                        Ports.LOOPBACK,
                        "APICURIO_STORAGE_KIND",
                        "sql",
                        "APICURIO_STORAGE_SQL_KIND",
                        "h2",
                        "APICURIO_DATASOURCE_URL",
                        database),
                () -> Files.createDirectories(data.resolve("registry")),
                () -> answers(health));
    }

    private Server redis() {
        var folder = data.resolve("redis");
        var command = new ArrayList<>(List.of(
                redisExecutable().getPath(),
                security.isPresent() ? "--tls-port" : "--port",
                Integer.toString(ports.of(Part.REDIS)),
                "--bind",
                Ports.LOOPBACK,
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                // The append-only file is what it starts from: a snapshot beside it is a fork for nothing.
                "--save",
                ""));
        security.ifPresent(secret -> command.addAll(List.of(
                "--port",
                "0",
                "--tls-cert-file",
                secret.certificate().toString(),
                "--tls-key-file",
                secret.key().toString(),
                "--tls-ca-cert-file",
                secret.certificate().toString(),
                "--tls-auth-clients",
                "no",
                "--requirepass",
                secret.password())));
        return new Server(
                Part.REDIS,
                command,
                Map.of(),
                () -> Files.createDirectories(folder),
                () -> exchanges(Part.REDIS, REDIS_PING, security.isPresent() ? REDIS_ASKS : REDIS_PONG));
    }

    /** The one of this machine, which speaks TLS where the one of the build does not. */
    static Optional<File> installedRedis() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, "redis-server"))
                .filter(File::canExecute)
                .findFirst();
    }

    private File redisExecutable() {
        try {
            var installed = installedRedis();
            if (installed.isPresent()) {
                return installed.get();
            }
            var unpacked = data.resolve("redis-server");
            Files.createDirectories(unpacked);
            return ExecutableProvider.newJarResourceProvider(unpacked.toFile()).get();
        } catch (IOException e) {
            throw new StackException("no Redis for this machine: put redis-server on the PATH", e);
        }
    }

    private Server neo4j() {
        var classpath = home.built("local-stack/neo4j/target/lib") + "/*" + File.pathSeparator
                + home.built("local-stack/neo4j/target/classes");
        var folder = data.resolve("neo4j");
        var command = java(
                "-Xmx1g",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                classpath,
                "io.memoryreflector.localstack.neo4j.Neo4jServer",
                Integer.toString(ports.of(Part.NEO4J)),
                folder.toString());
        security.ifPresent(secret -> command.add(secret.folder().toString()));
        return new Server(
                Part.NEO4J,
                command,
                security.map(secret -> Map.of("NEO4J_PASSWORD", secret.password()))
                        .orElse(Map.of()),
                () -> Files.createDirectories(folder),
                () -> exchanges(Part.NEO4J, BOLT_HANDSHAKE, BOLT_5));
    }

    private Server connect() {
        return connect("connect", ports.of(Part.CONNECT), ports.connectMetrics());
    }

    /** One more worker of the same group, with ports of its own. */
    Server connectBeside(String name, int port, int metricsPort) {
        return connect("connect-" + name, port, metricsPort);
    }

    private Server connect(String name, int port, int metricsPort) {
        var properties = data.resolve(name + ".properties");
        var logging = data.resolve("log4j2.properties");
        var plugins = home.root().resolve("connectors/target/plugins");
        var address = Ports.LOOPBACK + ":" + port;
        var environment = new HashMap<>(security.isPresent() ? programEnvironment() : settings);
        // Where the connectors of this project find the users' keys.
        environment.put("KAFKA_BOOTSTRAP_SERVERS", ports.address(Part.KAFKA));
        return new Server(
                Part.CONNECT,
                java(
                        "-Xmx768m",
                        metricsAgent(metricsPort),
                        "-Dlog4j2.configurationFile=" + logging,
                        "-cp",
                        home.built("local-stack/kafka/target/lib") + "/*",
                        "org.apache.kafka.connect.cli.ConnectDistributed",
                        properties.toString()),
                environment,
                () -> {
                    Files.createDirectories(data);
                    Files.writeString(properties, connectProperties(plugins, address));
                    Files.writeString(logging, LOGGING);
                },
                () -> answers("http://" + address + "/connectors"));
    }

    /** Connect itself shows its metrics over JMX alone. */
    private String metricsAgent(int port) {
        return "-javaagent:%s=%s:%d:%s"
                .formatted(
                        home.built("local-stack/kafka/target/agent/jmx_prometheus_javaagent.jar"),
                        Ports.LOOPBACK,
                        port,
                        home.root().resolve("dashboards/prometheus/connect-jmx.yml"));
    }

    /** Secured, by the file of the container's worker, which has what differs from its environment. */
    private String connectProperties(Path plugins, String address) throws IOException {
        var container = home.root().resolve("deploy/docker/connect/connect.properties");
        return (security.isPresent() ? Files.readString(container) : "")
                + """
                bootstrap.servers=%s
                group.id=memory-connect
                key.converter=org.apache.kafka.connect.converters.ByteArrayConverter
                value.converter=org.apache.kafka.connect.converters.ByteArrayConverter
                plugin.path=%s
                plugin.discovery=service_load
                listeners=http://%s
                rest.advertised.host.name=127.0.0.1
                config.storage.topic=connect.configs
                offset.storage.topic=connect.offsets
                status.storage.topic=connect.status
                config.storage.replication.factor=1
                offset.storage.replication.factor=1
                offset.storage.partitions=3
                status.storage.replication.factor=1
                status.storage.partitions=3
                offset.flush.interval.ms=2000
                scheduled.rebalance.max.delay.ms=0
                session.timeout.ms=6000
                heartbeat.interval.ms=2000
                connector.client.config.override.policy=All
                """.formatted(ports.address(Part.KAFKA), plugins, address);
    }

    private Server program(Part part, String jar, String heap, String health) {
        return new Server(
                part,
                java(heap, "-jar", home.built(jar).toString()),
                programEnvironment(),
                () -> {},
                () -> answers("http://" + ports.address(part) + health));
    }

    /** One more reflector, with a port, a state and a name of its own. */
    Server reflectorBeside(String name, int port, Map<String, String> settings) {
        var first = of(Part.REFLECTOR);
        var environment = new HashMap<>(first.environment());
        environment.putAll(settings);
        environment.put("REFLECTOR_PORT", Integer.toString(port));
        environment.put("REFLECTOR_INSTANCE_ID", name);
        environment.put(
                "REFLECTOR_STATE_DIR", data.resolve("reflector-state-" + name).toString());
        return new Server(
                Part.REFLECTOR,
                first.command(),
                environment,
                first.prepare(),
                () -> answers("http://" + Ports.LOOPBACK + ":" + port + "/actuator/health"));
    }

    /** What our own programs are told of the stack. */
    Map<String, String> programEnvironment() {
        var environment = new HashMap<String, String>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", ports.address(Part.KAFKA));
        environment.put("SCHEMA_REGISTRY_URL", schemaRegistryUrl());
        environment.put("REDIS_URL", "redis://" + ports.address(Part.REDIS));
        environment.put("NEO4J_URL", "bolt://" + ports.address(Part.NEO4J));
        environment.put("NEO4J_USER", "neo4j");
        environment.put("NEO4J_PASSWORD", "");
        environment.put("RABBITMQ_URL", rabbit.url());
        environment.put("RABBITMQ_EXCHANGE", "memory_reflection_exchange");
        environment.put("RABBITMQ_QUEUE", "memory_reflection_queue");
        environment.put("REFLECTOR_PORT", Integer.toString(ports.of(Part.REFLECTOR)));
        if (!"streams"
                .equals(settings.getOrDefault("REFLECTOR_GROUP_PROTOCOL", System.getenv("REFLECTOR_GROUP_PROTOCOL")))) {
            environment.put("REFLECTOR_INSTANCE_ID", "local"); // The broker's own protocol knows no names.
        }
        environment.put("REFLECTOR_STATE_DIR", data.resolve("reflector-state").toString());
        environment.put("CONNECT_URL", "http://" + ports.address(Part.CONNECT));
        environment.put("OUTBOX_DIR", data.resolve("outbox").toString());
        environment.put("SERVER_PORT", Integer.toString(ports.of(Part.INGEST)));
        environment.putAll(secrets());
        environment.putAll(settings);
        return environment;
    }

    /** What stands for <code>${...}</code> in the connectors' configurations: secured, for the worker to look up. */
    Map<String, String> connectorValues() {
        var values = programEnvironment();
        if (security.isPresent()) {
            values.replaceAll((name, value) -> "${env:" + name + "}");
        }
        return values;
    }

    private Map<String, String> secrets() {
        return security.map(secret -> secret.programEnvironment(ports.address(Part.REDIS), ports.address(Part.NEO4J)))
                .orElse(Map.of());
    }

    /** Where Apicurio speaks Confluent's language. */
    String schemaRegistryUrl() {
        return "http://" + ports.address(Part.REGISTRY) + "/apis/ccompat/v7";
    }

    /** Where the servers put what they need only while they run; what a killed one leaves here, the next start deletes. */
    Path temporaryFolder() {
        return data.resolve("tmp");
    }

    private ArrayList<String> java(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + temporaryFolder());
        command.addAll(jvms.options());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Whether the server's answer to a question has these bytes at this place. */
    private boolean exchanges(Part part, String question, Expected expected) throws IOException {
        try (var socket = open(part)) {
            socket.setSoTimeout((int) HEALTH.toMillis());
            socket.getOutputStream().write(HexFormat.of().parseHex(question));
            socket.getInputStream().skipNBytes(expected.skip());
            var bytes = HexFormat.of().parseHex(expected.hex());
            return Arrays.equals(socket.getInputStream().readNBytes(bytes.length), bytes);
        }
    }

    private record Expected(int skip, String hex) {}

    private Socket open(Part part) throws IOException {
        var socket = security.isPresent()
                ? security.get().trusting().getSocketFactory().createSocket()
                : new Socket();
        socket.connect(new InetSocketAddress(Ports.LOOPBACK, ports.of(part)), (int) HEALTH.toMillis());
        return socket;
    }

    private static boolean answers(String url) throws IOException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(HEALTH).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
