package io.memoryreflector.connect.rabbitmq;

import io.memoryreflector.localstack.Part;
import java.time.Duration;

/**
 * {@code make rabbit-faults}: {@code MESSAGES} persistent messages of a client that is not Java, while broker and worker
 * are killed in turn. Ends with 1 if one is missing or stands twice.
 */
final class RabbitFaults {

    private static final Duration TIMEOUT = Duration.ofMinutes(40);

    private RabbitFaults() {}

    public static void main(String[] args) throws Exception {
        var messages = setting("MESSAGES", 100_000);
        var kills = setting("KILLS", 10);
        try (var source = new RunningSource(Part.REFLECTOR)) {
            source.awaitConsumer();
            var verdict = new KillRun(source).run(0, messages, kills, TIMEOUT);
            System.out.println(verdict);
            System.out.println(verdict.flaws().isEmpty() ? "clean" : "flawed");
            System.exit(verdict.flaws().isEmpty() ? 0 : 1);
        }
    }

    private static int setting(String name, int otherwise) {
        var value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : Integer.parseInt(value.strip());
    }
}
