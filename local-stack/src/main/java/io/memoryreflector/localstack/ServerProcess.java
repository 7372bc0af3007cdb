package io.memoryreflector.localstack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server's process: started and waited for, killed, started again, stopped. Its output goes to a file. Not
 * thread-safe.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final long POLL_MS = 50;
    private static final int LOG_LINES = 15;
    private static final String DEATH_SIGNAL = "/usr/bin/setpriv";

    /** A child asks to be killed when the thread that made it ends, so this thread lives as long as the process. */
    private static final ExecutorService SPAWNER = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "spawner");
        thread.setDaemon(true);
        return thread;
    });

    private final Server server;
    private final Path log;
    private Process process;

    ServerProcess(Server server, Path logFolder) {
        this.server = server;
        this.log = logFolder.resolve(server.part().name().toLowerCase(java.util.Locale.ROOT) + ".log");
    }

    /** The id of the running process. */
    public long pid() {
        return process.pid();
    }

    /** Whether the process is there. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Where its output is. */
    public Path log() {
        return log;
    }

    Part part() {
        return server.part();
    }

    /** Starts the process; {@link #awaitHealthy} says when it answers. */
    void launch() {
        try {
            Files.createDirectories(log.getParent());
            server.prepare().run();
            process = SPAWNER.submit(this::spawn).get();
        } catch (IOException e) {
            throw new UncheckedIOException(server.part().title + " cannot be started", e);
        } catch (ExecutionException e) {
            throw new StackException(
                    server.part().title + " cannot be started: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    /** Waits until the server answers. */
    public void awaitHealthy() {
        var deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!process.isAlive()) {
                throw new StackException(server.part().title + " ended with " + process.exitValue()
                        + ". The end of its log " + log + ":\n" + tail());
            }
            if (System.nanoTime() > deadline) {
                throw new StackException(server.part().title + " does not answer after " + START.toSeconds()
                        + " s. The end of its log " + log + ":\n" + tail());
            }
            pause();
        }
    }

    /** SIGKILL: the process has no chance to tidy up. */
    public void kill() {
        process.destroyForcibly();
        await(STOP);
    }

    /** Starts the process again, on the same port and data, and waits until it answers. */
    public void restart() {
        close();
        launch();
        awaitHealthy();
    }

    /** Stops the process, by force where it takes too long. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        if (!await(STOP)) {
            kill();
        }
    }

    /** Asks the process to stop, without waiting. */
    void askToStop() {
        if (process != null) {
            process.destroy();
        }
    }

    private Process spawn() throws IOException {
        var command = new ArrayList<String>();
        if (new File(DEATH_SIGNAL).canExecute()) {
            command.addAll(List.of(DEATH_SIGNAL, "--pdeathsig", "KILL"));
        }
        command.addAll(server.command());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(server.environment());
        return builder.start();
    }

    private boolean answers() {
        try {
            return server.healthy().test();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean await(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    private String tail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }
}
