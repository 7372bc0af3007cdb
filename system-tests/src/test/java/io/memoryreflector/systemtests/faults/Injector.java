package io.memoryreflector.systemtests.faults;

import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.localstack.ServerProcess;
import io.memoryreflector.localstack.StackException;
import io.memoryreflector.store.RedisConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.UnifiedJedis;

/** Brings faults about and ends them; starts again what has ended by itself, as any supervisor does. One thread. */
final class Injector {

    private static final Duration REDIS_CALL = Duration.ofSeconds(5);
    private static final int CUTS = 5;
    private static final int STARTS = 3;

    private final LocalStack stack;
    private final CuttingProxy proxy;
    private final RestClient connect;
    private final List<String> notes = new ArrayList<>();

    Injector(LocalStack stack, CuttingProxy proxy) {
        this.stack = stack;
        this.proxy = proxy;
        this.connect = new RestClient(URI.create(stack.connectUrl()));
    }

    /**
     * Brings the fault about, holds it and ends it.
     *
     * @return the nano time at which it began to end: what was down is started again
     */
    long inject(Fault fault) throws InterruptedException {
        return switch (fault.kind()) {
            case KILL -> kill(fault);
            case PAUSE -> pause(fault);
            case CUT -> cut(fault);
            case HALF_OPEN -> halfOpen(fault);
            case TAKE_OVER -> takeOver(fault);
            case GHOST -> ghost(fault);
            case ROLLING_RESTART -> rollingRestart();
            case REDIS_FULL -> redisFull(fault);
            case SINK_STOPPED -> sinkStopped(fault);
        };
    }

    /** What happened that no fault asked for. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Starts what has ended though no fault ended it. */
    void revive(String after) {
        for (var part : Part.whole()) {
            if (!stack.process(part).isAlive()) {
                notes.add(part + " ended by itself after " + after);
                start(stack.process(part));
            }
        }
    }

    private long kill(Fault fault) throws InterruptedException {
        hold(fault.hold());
        fault.parts().forEach(part -> stack.process(part).kill());
        var ended = System.nanoTime();
        fault.parts().forEach(part -> start(stack.process(part)));
        return ended;
    }

    private long pause(Fault fault) throws InterruptedException {
        fault.parts().forEach(part -> stack.process(part).pause());
        try {
            hold(fault.hold());
        } finally {
            fault.parts().forEach(part -> stack.process(part).resume());
        }
        return System.nanoTime();
    }

    private long cut(Fault fault) throws InterruptedException {
        for (int i = 0; i < CUTS; i++) {
            hold(fault.hold().dividedBy(CUTS));
            proxy.cut();
        }
        return System.nanoTime();
    }

    private long halfOpen(Fault fault) throws InterruptedException {
        proxy.stall();
        try {
            hold(fault.hold());
        } finally {
            proxy.cut();
            proxy.goOn();
        }
        return System.nanoTime();
    }

    private long takeOver(Fault fault) throws InterruptedException {
        var second = stack.startReflectorBeside("second");
        hold(fault.hold());
        stack.process(Part.REFLECTOR).kill();
        var killed = System.nanoTime();
        hold(fault.hold());
        start(stack.process(Part.REFLECTOR));
        second.close();
        return killed;
    }

    private long ghost(Fault fault) throws InterruptedException {
        var second = stack.startReflectorBeside("second");
        hold(fault.hold());
        second.pause();
        try {
            hold(fault.hold());
        } finally {
            second.resume();
        }
        var ended = System.nanoTime();
        hold(fault.hold());
        second.kill();
        return ended;
    }

    private long rollingRestart() {
        for (var part : List.of(Part.REFLECTOR, Part.CONNECT, Part.INGEST)) {
            start(stack.process(part));
        }
        return System.nanoTime();
    }

    private long redisFull(Fault fault) throws InterruptedException {
        try (var redis = RedisConnection.open(URI.create(stack.redisUrl()), REDIS_CALL)) {
            maxMemory(redis, "1");
            try {
                hold(fault.hold());
            } finally {
                maxMemory(redis, "0");
            }
        }
        return System.nanoTime();
    }

    private static void maxMemory(UnifiedJedis redis, String bytes) {
        redis.configSet("maxmemory", bytes);
    }

    private long sinkStopped(Fault fault) throws InterruptedException {
        connect.put("/connectors/neo4j-sink/pause");
        try {
            hold(fault.hold());
        } finally {
            var ended = System.nanoTime();
            while (!connect.put("/connectors/neo4j-sink/resume")
                    && System.nanoTime() - ended < TimeUnit.MINUTES.toNanos(1)) {
                hold(Duration.ofMillis(200));
            }
        }
        return System.nanoTime();
    }

    /** A program that gives up at its start is started again, a few times. */
    private void start(ServerProcess process) {
        for (int i = 1; ; i++) {
            try {
                process.restart();
                return;
            } catch (StackException e) {
                notes.add("start " + i + " failed: " + e.getMessage());
                if (i == STARTS) {
                    throw e;
                }
            }
        }
    }

    private static void hold(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
