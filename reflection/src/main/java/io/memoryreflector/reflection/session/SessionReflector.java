package io.memoryreflector.reflection.session;

import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.reflection.Reflection;
import java.util.concurrent.CompletionStage;

/** Tells a session in short in words of its own, where the extract only quotes. Thread-safe. */
public interface SessionReflector {

    /** What stands in the {@code reflector} field of its summaries. */
    ReflectorVersion version();

    /**
     * Reflects on a session. May block until {@code REFLECTION_TIMEOUT} is over, and ends early when its thread is
     * interrupted.
     *
     * @return one list that holds the summary, or nothing where there is nothing to be told in other words; never fails
     *     exceptionally for what a provider did wrong: that is a {@link Reflection.Failed}
     */
    CompletionStage<Reflection<SessionSummary>> reflect(SessionRequest request);
}
