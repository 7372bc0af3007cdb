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

    /** Beside one for each part. */
    private static final int OF_THEIR_OWN = 3;

    private final Map<Part, Integer> ports;
    private final int kafkaController;
    private final int erlangNames;
    private final int erlangNode;

    /** @param more of the parts' own doing: nobody else asks for them by number */
    private Ports(Map<Part, Integer> ports, int... more) {
        this.ports = ports;
        this.kafkaController = more[0];
        this.erlangNames = more[1];
        this.erlangNode = more[2];
    }

    /** The usual ports, or those that the environment names. */
    static Ports usual(Map<String, String> environment) {
        var ports = new EnumMap<Part, Integer>(Part.class);
        for (var part : Part.values()) {
            ports.put(part, port(environment, part));
        }
        return new Ports(ports, free(OF_THEIR_OWN));
    }

    /** Ports that are free at this moment. */
    static Ports free() {
        var free = free(Part.values().length + OF_THEIR_OWN);
        var ports = new EnumMap<Part, Integer>(Part.class);
        for (var part : Part.values()) {
            ports.put(part, free[part.ordinal()]);
        }
        return new Ports(ports, Arrays.copyOfRange(free, Part.values().length, free.length));
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
        if (!isFree(of(part))) {
            throw new StackException("Port " + of(part) + " for " + part.title
                    + " is taken. Stop whoever listens there, or set " + part.portVariable + " to a free port.");
        }
    }

    private static int port(Map<String, String> environment, Part part) {
        var value = environment.getOrDefault(part.portVariable, Integer.toString(part.usualPort));
        try {
            var port = Integer.parseInt(value);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Reported below with what it takes.
        }
        throw new StackException(part.portVariable + ": got '" + value + "', takes a port from 1 to 65535");
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
