package io.memoryreflector.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * {@code make run}: starts everything, says what it does and how long it took, and stays up until Ctrl-C.
 *
 * <p>Arguments: {@code [--throw-away] [--exit] [--rabbitmq] [--then command...]}. {@code --throw-away} uses free ports and data that
 * is deleted; {@code --rabbitmq} adds RabbitMQ, which has to be installed; {@code --then} runs a command once all is up, with {@code INGEST_URL} in its environment, and must come
 * last; {@code --exit} ends with that command, as does a command that fails.
 */
public final class Main {

    private static final int INTERRUPTED = 130;

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            System.exit(run(Options.of(Arrays.asList(args))));
        } catch (StackException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private record Options(boolean throwAway, boolean exit, boolean rabbitMq, List<String> then) {

        static Options of(List<String> args) {
            var then = args.contains("--then") ? args.indexOf("--then") : args.size();
            var own = args.subList(0, then);
            return new Options(
                    own.contains("--throw-away"),
                    own.contains("--exit"),
                    own.contains("--rabbitmq"),
                    args.subList(Math.min(then + 1, args.size()), args.size()));
        }
    }

    private static int run(Options options) throws IOException, InterruptedException {
        var home = Home.find();
        var data = options.throwAway
                ? home.throwAwayFolder()
                : Files.createDirectories(home.root().resolve(".local"));
        try (var lockFile =
                FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lockFile.tryLock() == null) {
                throw new StackException("Memory Reflector is running here already (its data is in " + data
                        + "). Stop it with Ctrl-C where it runs.");
            }
            Memory.check();
            var ports = options.throwAway ? Ports.free() : Ports.usual(System.getenv());
            try (var stack = new LocalStack(home, data, ports, options.throwAway, Map.of(), new ProgressOnConsole())) {
                return run(stack, data, options);
            }
        }
    }

    private static int run(LocalStack stack, Path data, Options options) throws IOException, InterruptedException {
        System.out.println("Starting Memory Reflector; logs in " + data.resolve("logs"));
        var begun = System.nanoTime();
        try {
            stack.startAll(options.rabbitMq ? EnumSet.allOf(Part.class) : Part.whole());
        } catch (StackException e) {
            if (stack.isStopping()) {
                return INTERRUPTED;
            }
            throw e;
        }
        System.out.printf("All up after %.1f s.%n%n", (System.nanoTime() - begun) / 1e9);
        if (!options.then.isEmpty()) {
            var exit = runCommand(options.then, stack);
            if (options.exit || exit != 0) {
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

    private static int stayUp(LocalStack stack) {
        while (stack.ended().isEmpty()) {
            Pause.briefly();
        }
        if (stack.isStopping()) {
            return INTERRUPTED;
        }
        for (var process : stack.ended()) {
            System.err.println(process.part().title + " has ended; its log is " + process.log());
        }
        return 1;
    }

    private static String welcome(LocalStack stack) {
        return """

                the page     %1$s
                REST API     %1$s/swagger-ui.html
                metrics      %1$s/actuator/prometheus, %2$s/actuator/prometheus, %6$s/metrics
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
                        stack.schemaRegistryUrl(),
                        stack.connectMetricsUrl());
    }
}
