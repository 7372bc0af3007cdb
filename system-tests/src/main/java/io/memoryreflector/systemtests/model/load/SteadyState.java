package io.memoryreflector.systemtests.model.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;

/** Counts completed reflections while as many calls are in flight as there may be. One thread. */
final class SteadyState {

    /** Some calls are kept for urgent tasks. */
    private static final double FULL = 0.95;

    private static final int FULL_IN_A_ROW = 3;

    /** As often as Prometheus reads by default or a little oftener: it costs the reflector some of what is measured. */
    private static final int WINDOW_S = 15;

    private final ReflectorMetrics metrics;
    private final LoadPlan plan;

    SteadyState(ReflectorMetrics metrics, LoadPlan plan) {
        this.metrics = metrics;
        this.plan = plan;
    }

    /**
     * What was counted.
     *
     * @param warmingUp completed reflections a second in the warm-up
     * @param rate completed reflections a second
     * @param slowest of the windows of fifteen seconds
     * @param inFlight on average
     * @param ramp from the call of {@link #measure} to the begin of the warm-up
     */
    record Result(double warmingUp, double rate, double slowest, double inFlight, Duration ramp) {}

    private record Point(long at, double completed, double inFlight, double pending) {}

    /** Waits for the steady state and measures it. */
    Result measure() throws InterruptedException {
        var begun = System.nanoTime();
        awaitFull(begun);
        var ramp = Duration.ofNanos(System.nanoTime() - begun);
        var warmUp = watch("seconds of warm-up", plan.warmUp());
        var points = watch("measured seconds", plan.measured());
        if (last(points).pending() < plan.workers()) {
            throw new IllegalStateException("the work ran out while it was measured: only "
                    + (long) last(points).pending() + " tasks are left");
        }
        return new Result(
                rate(warmUp.get(0), last(warmUp)),
                rate(points.get(0), last(points)),
                slowest(points),
                points.stream().mapToDouble(Point::inFlight).average().orElse(0),
                ramp);
    }

    private List<Point> watch(String what, Duration time) throws InterruptedException {
        var points = new ArrayList<Point>();
        points.add(point());
        try (var bar = new ProgressBar(what, time.toSeconds())) {
            while (last(points).at() - points.get(0).at() < time.toNanos()) {
                TimeUnit.SECONDS.sleep(WINDOW_S);
                points.add(point());
                bar.stepTo((last(points).at() - points.get(0).at()) / 1_000_000_000);
            }
        }
        return points;
    }

    private void awaitFull(long begun) throws InterruptedException {
        try (var bar = new ProgressBar("calls in flight", plan.workers())) {
            for (int inARow = 0; inARow < FULL_IN_A_ROW; ) {
                var point = point();
                bar.stepTo((long) point.inFlight());
                inARow = point.inFlight() >= FULL * plan.workers() ? inARow + 1 : 0;
                if (System.nanoTime() - begun > LoadPlan.RAMP.toNanos()) {
                    // What it cannot reach is part of the answer.
                    return;
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private Point point() throws InterruptedException {
        var sample = metrics.read();
        return new Point(
                System.nanoTime(),
                sample.sum("reflector_reflections_total", "outcome=\"completed\""),
                sample.sum("reflector_in_flight"),
                sample.sum("reflector_pending"));
    }

    private static double slowest(List<Point> points) {
        var slowest = Double.MAX_VALUE;
        for (int i = 1; i < points.size(); i++) {
            slowest = Math.min(slowest, rate(points.get(i - 1), points.get(i)));
        }
        return slowest;
    }

    private static double rate(Point from, Point to) {
        return (to.completed() - from.completed()) / ((to.at() - from.at()) / 1e9);
    }

    private static Point last(List<Point> points) {
        return points.get(points.size() - 1);
    }
}
