package io.memoryreflector.store.recall;

import java.time.Instant;
import java.util.List;

/**
 * The times that a question means: one span or several, each with soft edges, since people seldom know the day. Pure.
 *
 * @param spans at least one
 */
record TimeWindow(List<Span> spans) {

    private static final long DAY = 86_400_000L;

    /** An edge is as wide as the span itself, within these bounds. */
    private static final long NARROWEST_EDGE = DAY;

    private static final long WIDEST_EDGE = 31 * DAY;

    /**
     * From one millisecond since 1970 up to before another; either may be open.
     *
     * @param from {@link Long#MIN_VALUE} where it is open
     * @param to {@link Long#MAX_VALUE} where it is open
     */
    record Span(long from, long to) {

        static Span of(Instant from, Instant to) {
            return new Span(from.toEpochMilli(), to.toEpochMilli());
        }

        Span before() {
            return new Span(Long.MIN_VALUE, from);
        }

        Span after() {
            return new Span(to, Long.MAX_VALUE);
        }

        Span since() {
            return new Span(from, Long.MAX_VALUE);
        }

        private double closeness(long at) {
            var away = at < from ? from - at : at >= to ? at - to : 0;
            return away == 0 ? 1 : Math.max(0, 1 - (double) away / edge());
        }

        private long edge() {
            var isOpen = from == Long.MIN_VALUE || to == Long.MAX_VALUE;
            return isOpen ? NARROWEST_EDGE : Math.min(WIDEST_EDGE, Math.max(NARROWEST_EDGE, to - from));
        }
    }

    /** 1 inside, falling to 0 over the edge. */
    double closeness(long at) {
        var closest = 0.0;
        for (var span : spans) {
            closest = Math.max(closest, span.closeness(at));
        }
        return closest;
    }
}
