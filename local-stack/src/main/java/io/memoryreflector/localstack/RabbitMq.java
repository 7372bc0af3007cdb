package io.memoryreflector.localstack;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A private node of the RabbitMQ that is installed on this machine, beside any other. */
final class RabbitMq {

    private static final Duration HEALTH = Duration.ofSeconds(2);

    /** Debian's own command changes the user and the folders, so what it wraps comes first. */
    private static final Path DEBIAN = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    /** Erlang's name server would outlive the node as a daemon: as a child of the node it does not. */
    private static final String WITH_NAMES =
            "if [ -x /usr/bin/setpriv ]; then setpriv --pdeathsig KILL epmd & else epmd & fi; exec \"$0\"";

    private static final byte[] AMQP_091 = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

    /** A method frame on channel 0: the broker begins the conversation. */
    private static final byte[] START = {1, 0, 0};

    private final Path folder;
    private final Ports ports;
    private final Map<String, String> settings;

    /** @param settings environment of the node, over what it needs */
    RabbitMq(Path folder, Ports ports, Map<String, String> settings) {
        this.settings = settings;
        this.folder = folder;
        this.ports = ports;
    }

    /** The program, if this machine has it. */
    static Optional<Path> executable() {
        return Stream.concat(
                        Stream.of(DEBIAN),
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                                .map(directory -> Path.of(directory, "rabbitmq-server")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Address with the user that a new node has; only loopback may use it. */
    String url() {
        return "amqp://guest:guest@" + ports.address(Part.RABBITMQ);
    }

    Server server() {
        var program = executable()
                .orElseThrow(() -> new StackException("RabbitMQ is not installed: on Debian and Ubuntu, run"
                        + " 'apt-get install rabbitmq-server'; on macOS, 'brew install rabbitmq'"));
        return new Server(
                Part.RABBITMQ,
                List.of("/bin/sh", "-c", WITH_NAMES, program.toString()),
                environment(),
                this::prepare,
                this::answers);
    }

    /** What tells the node, and its command line tools, where it lives. */
    private Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        environment.put("RABBITMQ_NODENAME", "memory-reflector-" + ports.of(Part.RABBITMQ) + "@localhost");
        environment.put("RABBITMQ_NODE_IP_ADDRESS", Ports.LOOPBACK);
        environment.put("RABBITMQ_NODE_PORT", Integer.toString(ports.of(Part.RABBITMQ)));
        environment.put("RABBITMQ_DIST_PORT", Integer.toString(ports.erlangNode()));
        environment.put("ERL_EPMD_PORT", Integer.toString(ports.erlangNames()));
        environment.put("ERL_EPMD_ADDRESS", Ports.LOOPBACK);
        environment.put("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString());
        environment.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
        environment.put("RABBITMQ_LOGS", "-");
        environment.put("RABBITMQ_PID_FILE", folder.resolve("pid").toString());
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString());
        environment.put("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq").toString());
        environment.put("RABBITMQ_CONF_ENV_FILE", folder.resolve("none").toString());
        environment.put("HOME", folder.toString());
        // The node is this process itself then, not a child of a script that a kill would leave behind.
        environment.put("RUNNING_UNDER_SYSTEMD", "true");
        environment.putAll(settings);
        return environment;
    }

    private void prepare() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("plugins"), "[].");
        Files.writeString(folder.resolve("rabbitmq.conf"), "disk_free_limit.absolute = 50MB\n");
    }

    private boolean answers() throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.LOOPBACK, ports.of(Part.RABBITMQ)), (int) HEALTH.toMillis());
            socket.setSoTimeout((int) HEALTH.toMillis());
            socket.getOutputStream().write(AMQP_091);
            return Arrays.equals(socket.getInputStream().readNBytes(START.length), START);
        }
    }
}
