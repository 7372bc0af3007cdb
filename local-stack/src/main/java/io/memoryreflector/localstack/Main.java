package io.memoryreflector.localstack;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code make run}: starts everything, says what it does and how long it took, and stays up until Ctrl-C.
 *
 * <p>Arguments: {@code [--throw-away] [--exit] [--then command...]}. {@code --throw-away} uses free ports and data that
 * is deleted; {@code --then} runs a command once all is up, with {@code INGEST_URL} in its environment; {@code --exit}
 * ends with that command.
 */
public final class Main {

    private static final long NEEDED_MEMORY = 3L << 30;

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            System.exit(run(Arrays.asList(args)));
        } catch (StackException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static int run(List<String> args) throws IOException, InterruptedException {
        checkMemory();
        var home = Home.find();
        var throwAway = args.contains("--throw-away");
        var data = throwAway
                ? Files.createTempDirectory("memory-reflector-")
                : Files.createDirectories(home.root().resolve(".local"));
        try (var lockFile =
                FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lockFile.tryLock() == null) {
                throw new StackException("Memory Reflector is running here already (its data is in " + data
                        + "). Stop it with Ctrl-C where it runs.");
            }
            var ports = throwAway ? Ports.free() : Ports.usual(System.getenv());
            try (var stack = new LocalStack(home, data, ports, throwAway, Map.of())) {
                return run(stack, data, args);
            }
        }
    }

    private static int run(LocalStack stack, Path data, List<String> args) throws IOException, InterruptedException {
        System.out.println("Starting Memory Reflector; logs in " + data.resolve("logs"));
        var begun = System.nanoTime();
        stack.startAll(
                EnumSet.allOf(Part.class),
                started -> System.out.printf(
                        "  %-18s port %-5d %5.1f s%n", started.title(), started.port(), started.tookMs() / 1000.0));
        System.out.printf("All up after %.1f s.%n%n", (System.nanoTime() - begun) / 1e9);
        var then = args.indexOf("--then");
        if (then >= 0) {
            var exit = runCommand(args.subList(then + 1, args.size()), stack);
            if (args.contains("--exit") || exit != 0) {
                return exit;
            }
        }
        System.out.println(welcome(stack));
        return stayUp(stack);
    }

    private static int runCommand(List<String> command, LocalStack stack) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("INGEST_URL", stack.ingestUrl());
        return builder.start().waitFor();
    }

    private static int stayUp(LocalStack stack) throws InterruptedException {
        while (stack.ended().isEmpty()) {
            TimeUnit.SECONDS.sleep(1);
        }
        for (var process : stack.ended()) {
            System.err.println(process.part().title + " has ended; its log is " + process.log());
        }
        return 1;
    }

    private static String welcome(LocalStack stack) {
        return """

                REST API     %1$s/swagger-ui.html
                metrics      %1$s/actuator/prometheus and %2$s/actuator/prometheus
                Connect      %3$s/connectors
                Kafka        %4$s, schema registry %5$s

                Try it:
                  curl -s %1$s/api/v1/interactions -H 'Content-Type: application/json' \\
                    -d '{"user_id":"ada","user_message":"I moved to Lisbon last week.","assistant_response":"How is it?"}'
                  curl -s '%1$s/api/v1/users/ada/recall?query=Where+do+I+live'

                Ctrl-C stops everything; 'make clean-data' forgets everything.""".formatted(
                        stack.ingestUrl(),
                        stack.reflectorUrl(),
                        stack.connectUrl(),
                        stack.kafkaBootstrapServers(),
                        stack.schemaRegistryUrl());
    }

    private static void checkMemory() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        if (system.getTotalMemorySize() < NEEDED_MEMORY) {
            throw new StackException("This machine has " + (system.getTotalMemorySize() >> 20)
                    + " MiB of memory; all parts together need 3 GiB.");
        }
    }
}
