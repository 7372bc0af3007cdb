package io.memoryreflector.systemtests.model;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * {@code make stub-model}: the stub as a program, for whoever wants to try the model reflector without a model.
 *
 * <p>Arguments: {@code [port [latency in ms]]}, 8900 and 1000 if not given. Stays up until Ctrl-C.
 */
public final class StubModelServer {

    private static final int PORT = 8900;
    private static final int LATENCY_MS = 1_000;
    private static final int LONGEST_MS = 600_000;

    private StubModelServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            var port = number("port", args, 0, PORT, 65_535);
            var latency = Duration.ofMillis(number("latency", args, 1, LATENCY_MS, LONGEST_MS));
            try (var stub = StubModel.start(port, Behaviour.well(latency))) {
                System.out.println(welcome(stub));
                new CountDownLatch(1).await();
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static int number(String name, String[] args, int index, int otherwise, int most) {
        if (index >= args.length) {
            return otherwise;
        }
        try {
            var number = Integer.parseInt(args[index]);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below with what it takes.
        }
        throw new IllegalArgumentException(
                name + ": got '" + args[index] + "', takes a whole number from 0 to " + most);
    }

    private static String welcome(StubModel stub) {
        return """
                The stub answers. Start the reflector with
                  OPENAI_BASE_URL=%1$s OPENAI_MODEL=stub

                What it was asked:   curl -s '%2$s/record?limit=3'
                Make it misbehave:   curl -s -X PUT %2$s/behaviour -d '{"faults":{"rate_limited":0.1,"half":0.1}}'
                and well again:      curl -s -X PUT %2$s/behaviour -d '{"faults":{}}'
                Ctrl-C stops it.""".formatted(stub.baseUrl(), stub.baseUrl().resolve("/stub"));
    }
}
