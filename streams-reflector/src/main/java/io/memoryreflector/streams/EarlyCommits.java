package io.memoryreflector.streams;

import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Ends a transaction before its interval is over: what is written is seen by nobody until then. But each transaction costs
 * Kafka a marker in every partition that it wrote to, and the stream thread a round over all its tasks. So a thread ends
 * three at once, as many as an interaction waits for on an idle system, and then ten a second; and the more come in a
 * transaction the longer it lasts: while {@code n} records a second are written, {@code n / 20} milliseconds, until that is
 * the interval ({@code REFLECTOR_COMMIT_INTERVAL}). A commit is one of all tasks of a stream thread.
 *
 * <p>Thread-safe: each stream thread has an account of its own.
 */
public final class EarlyCommits {

    private static final long SQUARE_MS_FOR_EACH = 50;
    private static final long PAUSE_MS = 100;
    private static final long AT_ONCE = 3;
    private static final long LONG_MS = 60_000;

    private final boolean on;
    private final ThreadLocal<Account> accounts = ThreadLocal.withInitial(Account::new);

    private EarlyCommits(boolean on) {
        this.on = on;
    }

    /** Of a topology that somebody waits for. */
    public static EarlyCommits on() {
        return new EarlyCommits(true);
    }

    /** None: every transaction lasts as long as the interval. */
    public static EarlyCommits off() {
        return new EarlyCommits(false);
    }

    /** Something was written that somebody waits for. */
    public void wrote(ProcessingContext context) {
        accounts.get().written++;
        look(context);
    }

    /** Asks for a commit if it is time; to be called now and then, for what was written last. */
    public void look(ProcessingContext context) {
        if (on) {
            accounts.get().look(context);
        }
    }

    private static final class Account {

        private long since;
        private long paidUntil;
        private int written;

        void look(ProcessingContext context) {
            if (written == 0) {
                return;
            }
            var now = context.currentSystemTimeMs();
            // A square of all the time since 1970 would be too large for a number.
            var waited = Math.min(now - since, LONG_MS);
            if (paidUntil <= now + (AT_ONCE - 1) * PAUSE_MS && waited * waited >= SQUARE_MS_FOR_EACH * written) {
                context.commit();
                paidUntil = Math.max(paidUntil, now) + PAUSE_MS;
                since = now;
                written = 0;
            }
        }
    }
}
