package io.memoryreflector.store.projection;

import java.util.function.Consumer;

/** All that a projection holds in a canonical form: two of the same events have the same bytes. Thread-safe. */
public interface Dump {

    /** Gives each line in its turn, a JSON object without its end. */
    void write(Consumer<String> lines);
}
