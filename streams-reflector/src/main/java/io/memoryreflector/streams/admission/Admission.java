package io.memoryreflector.streams.admission;

import io.memoryreflector.reflection.Usage;

/** Asked before each call of a model; never blocks. Thread-safe. */
public interface Admission {

    /** Nothing is limited. */
    Admission UNLIMITED = new Admission() {
        @Override
        public Verdict ask(String namespace, int tokens, long now) {
            return new Granted();
        }

        @Override
        public void settle(int tokens, Usage usage) {}
    };

    /** Whether the call may be made. */
    sealed interface Verdict {}

    /** It may; {@link #settle} has to follow. */
    record Granted() implements Verdict {}

    /** Nobody may call at this moment. */
    record Later() implements Verdict {}

    /**
     * The namespace may not call before a time.
     *
     * @param until in milliseconds since 1970
     */
    record NotBefore(long until) implements Verdict {}

    /**
     * Asks for one call.
     *
     * @param tokens that it will take, about
     * @param now in milliseconds since 1970
     */
    Verdict ask(String namespace, int tokens, long now);

    /** A call that was granted for so many tokens has ended and taken this; {@link Usage#NONE} if it never began. */
    void settle(int tokens, Usage usage);
}
