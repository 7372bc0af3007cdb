package io.memoryreflector.localstack;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Tells a person at a terminal what the stack is doing. */
final class ProgressOnConsole implements Progress {

    @Override
    public void starting(List<Part> parts) {
        System.out.println(
                "  starting " + parts.stream().map(part -> part.title).collect(Collectors.joining(", ")) + " ...");
    }

    @Override
    public void up(Part part, int port, Duration took) {
        System.out.printf("  %-18s port %-5d up after %5.1f s%n", part.title, port, took.toMillis() / 1000.0);
    }

    @Override
    public void stopping() {
        System.out.println("Stopping ...");
    }
}
