package io.memoryreflector.localstack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Which port each part listens on, always of loopback. */
final class Ports {

    static final String LOOPBACK = "127.0.0.1";

    /** Below what systems give to outgoing connections, which could take the port of a server that was killed. */
    private static final int FIRST_FREE = 15_000;

    private static final int LAST_FREE = 32_000;

    /** Beside one for each part, and without Connect's metrics. */
    private static final int OF_THEIR_OWN = 3;

    private static final String CONNECT_METRICS = "CONNECT_METRICS_PORT";

    /** What Prometheus' registry of ports has for its JMX exporter. */
    private static final int USUAL_CONNECT_METRICS = 9404;

    private final Map<Part, Integer> ports;
    private final int connectMetrics;
    private final int kafkaController;
    private final int erlangNames;
    private final int erlangNode;

    /** @param more of the parts' own doing: nobody else asks for them by number */
    private Ports(Map<Part, Integer> ports, int connectMetrics, int... more) {
        this.ports = ports;
        this.connectMetrics = connectMetrics;
        this.kafkaController = more[0];
        this.erlangNames = more[1];
        this.erlangNode = more[2];
    }

    /** The usual ports, or those that the environment names. */
    static Ports usual(Map<String, String> environment) {
        var ports = new EnumMap<Part, Integer>(Part.class);
        for (var part : Part.values()) {
            ports.put(part, port(environment, part.portVariable, part.usualPort));
        }
        return new Ports(ports, port(environment, CONNECT_METRICS, USUAL_CONNECT_METRICS), free(OF_THEIR_OWN));
    }

    /** Ports that are free at this moment. */
    static Ports free() {
        var parts = Part.values().length;
        var free = free(parts + 1 + OF_THEIR_OWN);
        var ports = new EnumMap<Part, Integer>(Part.class);
        for (var part : Part.values()) {
            ports.put(part, free[part.ordinal()]);
        }
        return new Ports(ports, free[parts], Arrays.copyOfRange(free, parts + 1, free.length));
    }

    /** A port that is free at this moment. */
    static int anyFree() {
        return free(1)[0];
    }

    int of(Part part) {
        return ports.get(part);
    }

    String address(Part part) {
        return LOOPBACK + ":" + of(part);
    }

    /** Where Connect's metrics are read. */
    int connectMetrics() {
        return connectMetrics;
    }

    int kafkaController() {
        return kafkaController;
    }

    /** Where Erlang's names are asked for; the machine's own name server is left alone. */
    int erlangNames() {
        return erlangNames;
    }

    /** Where RabbitMQ's command line tools reach the node. */
    int erlangNode() {
        return erlangNode;
    }

    /** @throws StackException naming the port, the part and the variable if somebody listens there */
    void checkFree(Part part) {
        checkFree(of(part), part.title, part.portVariable);
        if (part == Part.CONNECT) {
            checkFree(connectMetrics, "the metrics of " + part.title, CONNECT_METRICS);
        }
    }

    private static void checkFree(int port, String what, String variable) {
        if (!isFree(port)) {
            throw new StackException("Port " + port + " for " + what + " is taken. Stop whoever listens there, or set "
                    + variable + " to a free port.");
        }
    }

    private static int port(Map<String, String> environment, String variable, int usual) {
        var value = environment.getOrDefault(variable, Integer.toString(usual));
        try {
            var port = Integer.parseInt(value);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Reported below with what it takes.
        }
        throw new StackException(variable + ": got '" + value + "', takes a port from 1 to 65535");
    }

    private static int[] free(int count) {
        return ThreadLocalRandom.current()
                .ints(FIRST_FREE, LAST_FREE)
                .distinct()
                .filter(Ports::isFree)
                .limit(count)
                .toArray();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
