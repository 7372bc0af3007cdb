package io.memoryreflector.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Real servers, started together and stopped together. They end with this process, also when it is killed (on Linux;
 * elsewhere the next start with the same data ends them). To be used by one thread; the end of the process may stop it
 * from another.
 */
public final class LocalStack implements AutoCloseable {

    /** System property for measurements: no part stands behind another, but a shadow behind all. */
    public static final String EQUALS = "local-stack.equals";

    private final Path data;
    private final Ports ports;
    private final boolean throwAway;
    private final Progress progress;
    private final Optional<Security> security;
    private final Servers servers;
    private final Connectors connectors;
    private final Map<Part, ServerProcess> processes = new EnumMap<>(Part.class);
    private final Map<String, ServerProcess> beside = new ConcurrentHashMap<>();
    private final Map<String, Integer> portsBeside = new ConcurrentHashMap<>();
    private final Thread shutdownHook = new Thread(this::stop, "local-stack-shutdown");
    private volatile boolean stopping;
    private boolean stopped;

    LocalStack(Home home, Path data, Ports ports, boolean throwAway, Map<String, String> settings, Progress progress) {
        this(home, data, ports, throwAway, settings, Optional.empty(), Jvms.YOUNG, progress);
    }

    private LocalStack(
            Home home,
            Path data,
            Ports ports,
            boolean throwAway,
            Map<String, String> settings,
            Optional<Security> security,
            Jvms jvms,
            Progress progress) {
        this.data = data;
        this.ports = ports;
        this.throwAway = throwAway;
        this.progress = progress;
        this.security = security;
        this.servers = new Servers(home, data, ports, settings, security, jvms);
        this.connectors = new Connectors(home, connectUrl(), servers.connectorValues());
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /**
     * Starts these parts on free ports with data that is thrown away, and waits until all of them answer. With
     * {@link Part#CONNECT}, those connectors of {@code connectors/config} are deployed whose servers are among them.
     */
    public static LocalStack start(Set<Part> parts) {
        return start(parts, Map.of());
    }

    /** @param settings environment of our own programs, of Connect and of RabbitMQ, such as {@code REFLECTION_RETRY_DELAY} */
    public static LocalStack start(Set<Part> parts, Map<String, String> settings) {
        var home = Home.find();
        return started(
                parts, new LocalStack(home, home.throwAwayFolder(), Ports.free(), true, settings, Progress.SILENT));
    }

    /** The same for what is measured over minutes: each JVM compiles and collects as where it runs for long. */
    public static LocalStack startLongLived(Set<Part> parts, Map<String, String> settings) {
        var home = Home.find();
        return started(
                parts,
                new LocalStack(
                        home,
                        home.throwAwayFolder(),
                        Ports.free(),
                        true,
                        settings,
                        Optional.empty(),
                        Jvms.LONG_LIVED,
                        Progress.SILENT));
    }

    /**
     * The same, where Kafka, Redis and Neo4j take nothing in the clear and ask for passwords, and our programs are told
     * so; see {@link #security()}. Needs a {@code redis-server} of this machine, as the build's own has no TLS.
     */
    public static LocalStack startSecured(Set<Part> parts, Map<String, String> settings) {
        var home = Home.find();
        var data = home.throwAwayFolder();
        var security = Optional.of(Security.make(data.resolve("certificates")));
        return started(
                parts, new LocalStack(home, data, Ports.free(), true, settings, security, Jvms.YOUNG, Progress.SILENT));
    }

    /** Whether this machine has what {@link #startSecured} needs. */
    public static boolean canBeSecured() {
        return Servers.installedRedis().isPresent();
    }

    private static LocalStack started(Set<Part> parts, LocalStack stack) {
        try {
            stack.startAll(parts);
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
        return stack;
    }

    /** Starts more parts, those that need no other first and at once, and waits until all of them answer. */
    public void startAll(Set<Part> parts) {
        prepare(parts);
        for (var stage : List.of(
                EnumSet.of(Part.KAFKA, Part.REGISTRY, Part.REDIS, Part.NEO4J, Part.RABBITMQ),
                EnumSet.of(Part.REFLECTOR),
                EnumSet.of(Part.CONNECT, Part.INGEST))) {
            stage.retainAll(parts);
            if (!stage.isEmpty()) {
                startStage(stage);
            }
        }
        if (parts.contains(Part.CONNECT)) {
            connectors.deploy(processes.keySet());
        }
    }

    /** The process of a part that was started. */
    public ServerProcess process(Part part) {
        var process = processes.get(part);
        if (process == null) {
            throw new IllegalStateException(part + " was not started");
        }
        return process;
    }

    /**
     * Starts one more reflector beside the first, where there is one, with a port and a state of its own, and waits until
     * it answers. It ends with the stack, if not earlier.
     *
     * @param name its {@code REFLECTOR_INSTANCE_ID}; the same name again is the same instance
     */
    public ServerProcess startReflectorBeside(String name) {
        return startReflectorBeside(name, Map.of());
    }

    /**
     * The same with settings of its own.
     *
     * @param settings that it has beside those of the first; they count when it is started for the first time
     */
    public ServerProcess startReflectorBeside(String name, Map<String, String> settings) {
        var process = beside.computeIfAbsent(
                name,
                unused -> new ServerProcess(
                        servers.reflectorBeside(name, portBeside(name), settings), data, "reflector-" + name));
        process.restart();
        return process;
    }

    /**
     * Starts one more Connect worker of the same group, with ports of its own, and waits until it answers. It ends with the
     * stack, if not earlier.
     */
    public ServerProcess startConnectBeside(String name) {
        var process = beside.computeIfAbsent(
                "connect-" + name,
                key -> new ServerProcess(servers.connectBeside(name, portBeside(key), Ports.anyFree()), data, key));
        process.restart();
        return process;
    }

    /** Who a Connect worker is to the others: {@code worker_id} in the status of what it runs. */
    public String connectWorkerId(String name) {
        return Ports.LOOPBACK + ":" + portBeside("connect-" + name);
    }

    /** Address of the health and metrics of a reflector that was started beside the first. */
    public String reflectorUrl(String name) {
        return "http://" + Ports.LOOPBACK + ":" + portBeside(name);
    }

    private int portBeside(String name) {
        return portsBeside.computeIfAbsent(name, unused -> Ports.anyFree());
    }

    /** The folder of all that the programs keep and log. */
    public Path data() {
        return data;
    }

    /** {@code host:port} of Kafka. */
    public String kafkaBootstrapServers() {
        return ports.address(Part.KAFKA);
    }

    /** Base address of Confluent's interface of the registry. */
    public String schemaRegistryUrl() {
        return servers.schemaRegistryUrl();
    }

    /** Address of Redis. */
    public String redisUrl() {
        return servers.programEnvironment().get("REDIS_URL");
    }

    /** Address of Neo4j, which asks for no password unless it is secured. */
    public String neo4jUrl() {
        return servers.programEnvironment().get("NEO4J_URL");
    }

    /** Certificates and password of a secured stack. */
    public Security security() {
        return security.orElseThrow(() -> new IllegalStateException("this stack is not secured"));
    }

    /** Address of RabbitMQ with its user and password. */
    public String rabbitMqUrl() {
        return servers.programEnvironment().get("RABBITMQ_URL");
    }

    /** Whether this machine has what the part needs and the build does not bring along. */
    public static boolean isInstalled(Part part) {
        return part != Part.RABBITMQ || RabbitMq.executable().isPresent();
    }

    /** Address of Connect's REST interface. */
    public String connectUrl() {
        return "http://" + ports.address(Part.CONNECT);
    }

    /** Address of Connect's metrics. */
    public String connectMetricsUrl() {
        return "http://" + Ports.LOOPBACK + ":" + ports.connectMetrics();
    }

    /** Address of ingest-service. */
    public String ingestUrl() {
        return "http://" + ports.address(Part.INGEST);
    }

    /** Address of the reflector's health and metrics. */
    public String reflectorUrl() {
        return "http://" + ports.address(Part.REFLECTOR);
    }

    /** Stops everything, our programs first and the servers they need last. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook has done its work or waits to find that there is none.
        }
    }

    /** Whether this was told to stop, by its user or by the end of the process. */
    boolean isStopping() {
        return stopping;
    }

    /** The parts that have ended though nobody stopped them. */
    List<ServerProcess> ended() {
        return processes.values().stream().filter(process -> !process.isAlive()).toList();
    }

    /** Tells what is wrong before the first server is up. */
    private void prepare(Set<Part> parts) {
        if (processes.isEmpty()) {
            delete(servers.temporaryFolder());
        }
        try {
            Files.createDirectories(servers.temporaryFolder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var part : parts) {
            var process = new ServerProcess(servers.of(part), data);
            process.endLeftOver();
            ports.checkFree(part);
            processes.put(part, process);
        }
    }

    private void startStage(Set<Part> stage) {
        var begun = System.nanoTime();
        stage.forEach(this::launch);
        progress.starting(List.copyOf(stage));
        var waiting = EnumSet.copyOf(stage);
        while (!waiting.isEmpty()) {
            for (var part : List.copyOf(waiting)) {
                if (process(part).isHealthy()) {
                    waiting.remove(part);
                    progress.up(part, ports.of(part), Duration.ofNanos(System.nanoTime() - begun));
                }
            }
            processes.values().forEach(ServerProcess::checkNotEnded);
            Pause.briefly();
        }
    }

    private synchronized void launch(Part part) {
        if (isStopping()) {
            throw new StackException("stopped while starting");
        }
        process(part).launch();
    }

    private void stop() {
        stopping = true;
        stopAll();
    }

    /** Whoever comes second waits until the first is done. */
    private synchronized void stopAll() {
        if (stopped) {
            return;
        }
        stopped = true;
        if (processes.values().stream().anyMatch(ServerProcess::isAlive)) {
            progress.stopping();
        }
        beside.values().forEach(ServerProcess::close);
        for (var stage : List.of(
                EnumSet.of(Part.INGEST, Part.REFLECTOR, Part.CONNECT),
                EnumSet.of(Part.REGISTRY, Part.REDIS, Part.NEO4J, Part.RABBITMQ),
                EnumSet.of(Part.KAFKA))) {
            var running = new ArrayList<ServerProcess>();
            stage.stream().map(processes::get).filter(p -> p != null).forEach(running::add);
            running.forEach(ServerProcess::askToStop);
            running.forEach(ServerProcess::close);
        }
        if (throwAway) {
            delete(data);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
