package io.memoryreflector.benchmarks.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An endpoint in a JVM of its own, as ingest-service has one. */
public final class EndpointProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    /**
     * Starts it and waits until it listens.
     *
     * @param main takes its port as its first argument
     * @param arguments behind the port
     */
    public EndpointProcess(Class<?> main, String... arguments) throws IOException, InterruptedException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                Integer.toString(port)));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).inheritIO().start();
        // Whoever ends a benchmark early ends this too.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            await();
        } catch (IllegalStateException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private void await() throws InterruptedException {
        var deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(50); // Until it listens.
            }
        }
        throw new IllegalStateException("the endpoint does not listen on " + port);
    }

    /** Its base address. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
