package io.memoryreflector.systemtests.scale;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.ServerProcess;
import io.memoryreflector.systemtests.model.load.ReflectorMetrics;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The reflectors that run, by name. One thread. */
final class Fleet {

    private static final int ATTEMPTS = 5;

    private final LocalStack stack;
    private final Map<String, Member> members = new LinkedHashMap<>();

    private record Member(ServerProcess process, ReflectorMetrics metrics) {}

    Fleet(LocalStack stack) {
        this.stack = stack;
    }

    /** Starts one and waits until it works on its partitions. */
    void start(String name) {
        var process = stack.startReflectorBeside(name);
        members.put(name, new Member(process, new ReflectorMetrics(stack.reflectorUrl(name))));
    }

    /** SIGKILL. */
    void kill(String name) {
        members.remove(name).process().kill();
    }

    /** SIGTERM, and waits for its end. */
    void stop(String name) {
        members.remove(name).process().close();
    }

    /** The sum of a metric over all that run. */
    double sum(String metric, String... labels) throws InterruptedException {
        var sum = 0.0;
        for (var member : members.values()) {
            sum += read(member).sum(metric, labels);
        }
        return sum;
    }

    /** One that has much to do may not answer at once. */
    private static ReflectorMetrics.Sample read(Member member) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return member.metrics().read();
            } catch (UncheckedIOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Completed reflections since their starts. */
    double completed() throws InterruptedException {
        return sum("reflector_reflections_total", "outcome=\"completed\"");
    }

    /** Calls under way. */
    double inFlight() throws InterruptedException {
        return sum("reflector_in_flight");
    }

    /** Tasks that are accepted and not settled. */
    double pending() throws InterruptedException {
        return sum("reflector_pending");
    }
}
