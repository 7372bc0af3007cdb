package io.memoryreflector.cli.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Reads lines of which none may keep its reader waiting for ever. */
final class Lines {

    static final String ACCEPTED = "application/x-ndjson, application/json";

    private Lines() {}

    static Thread daemon(Runnable work) {
        var thread = new Thread(work, "lines");
        thread.setDaemon(true);
        return thread;
    }

    /** Reads to the end. */
    static void read(InputStream body, ExecutorService thread, Duration timeout, Consumer<String> reader)
            throws IOException, InterruptedException {
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        for (var line = next(lines, thread, timeout); line != null; line = next(lines, thread, timeout)) {
            reader.accept(line);
        }
    }

    private static String next(BufferedReader lines, ExecutorService thread, Duration timeout)
            throws IOException, InterruptedException {
        try {
            return thread.submit(lines::readLine).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no line within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
        }
    }
}
