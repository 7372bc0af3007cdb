package io.memoryreflector.localstack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server's process: started and waited for, killed, started again, stopped. Its output goes to a file. Not
 * thread-safe.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final int LOG_LINES = 15;
    private static final String DEATH_SIGNAL = "/usr/bin/setpriv";
    private static final String OWN_SESSION = "/usr/bin/setsid";

    /** Linux shares the cores between sessions first, and by niceness only within one. */
    private static final String BEHIND_THE_OTHERS =
            "{ echo %1$d > /proc/self/autogroup; } 2>/dev/null; exec nice -n %1$d \"$@\"";

    /** A child asks to be killed when the thread that made it ends, so this thread lives as long as the process. */
    private static final ExecutorService SPAWNER = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "spawner");
        thread.setDaemon(true);
        return thread;
    });

    private final Server server;
    private final Path log;
    private final PidFile pidFile;
    private Process process;
    private boolean stopped;
    private long deadline;

    ServerProcess(Server server, Path data) {
        this(server, data, server.part().name().toLowerCase(Locale.ROOT));
    }

    /** @param name of its log and its pid file, where the part runs more than once */
    ServerProcess(Server server, Path data, String name) {
        this.server = server;
        this.log = data.resolve("logs").resolve(name + ".log");
        this.pidFile = new PidFile(data.resolve("pids").resolve(name));
    }

    /** The id of the process that was started last. */
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

    /** Ends what an earlier run with the same data, killed before it could tidy up, has left behind. */
    void endLeftOver() {
        pidFile.endProcess(STOP);
    }

    /** Starts the process; {@link #awaitHealthy} says when it answers. */
    void launch() {
        try {
            if (process == null) {
                keepPreviousLog();
            }
            server.prepare().run();
            process = SPAWNER.submit(this::spawn).get();
            stopped = false;
            deadline = System.nanoTime() + START.toNanos();
            pidFile.write(process.toHandle());
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
        while (!isHealthy()) {
            Pause.briefly();
        }
    }

    /**
     * Whether the server answers.
     *
     * @throws StackException with the end of its log if it never will: it has ended, or its time to start is over
     */
    boolean isHealthy() {
        if (answers()) {
            return true;
        }
        if (!process.isAlive()) {
            throw new StackException(server.part().title + " ended with " + process.exitValue()
                    + ". The end of its log " + log + ":\n" + tail());
        }
        if (System.nanoTime() > deadline) {
            throw new StackException(server.part().title + " does not answer after " + START.toSeconds()
                    + " s. The end of its log " + log + ":\n" + tail());
        }
        return false;
    }

    /** @throws StackException with the end of its log if the process was started and has ended, unless it was stopped */
    void checkNotEnded() {
        if (process != null && !stopped && !process.isAlive()) {
            throw new StackException(server.part().title + " ended with " + process.exitValue()
                    + ". The end of its log " + log + ":\n" + tail());
        }
    }

    /** SIGKILL: the process has no chance to tidy up. */
    public void kill() {
        process.destroyForcibly();
        await(STOP);
    }

    /** SIGSTOP: the process stands still until {@link #resume()}, and its connections stay open. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT: the process goes on where it stood. */
    public void resume() {
        signal("CONT");
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
        stopped = true;
        process.destroy();
        if (!await(STOP)) {
            kill();
        }
        pidFile.delete();
    }

    /** Asks the process to stop, without waiting. */
    void askToStop() {
        if (process != null) {
            process.destroy();
        }
    }

    private void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start();
            if (!kill.waitFor(STOP.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new StackException(server.part().title + " cannot be sent SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    private Process spawn() throws IOException {
        var command = new ArrayList<String>();
        if (new File(DEATH_SIGNAL).canExecute()) {
            command.addAll(List.of(DEATH_SIGNAL, "--pdeathsig", "KILL"));
        }
        if (new File(OWN_SESSION).canExecute()) {
            // The terminal's Ctrl-C is for this process alone, which then stops its children in their order.
            command.add(OWN_SESSION);
        }
        if (server.niceness() > 0) {
            command.addAll(List.of("/bin/sh", "-c", BEHIND_THE_OTHERS.formatted(server.niceness()), "sh"));
        }
        command.addAll(server.command());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(server.environment());
        return builder.start();
    }

    private void keepPreviousLog() throws IOException {
        Files.createDirectories(log.getParent());
        if (Files.exists(log)) {
            Files.move(log, Path.of(log + ".previous"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private boolean answers() {
        try {
            return process.isAlive() && server.healthy().test();
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

    private String tail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }
}
