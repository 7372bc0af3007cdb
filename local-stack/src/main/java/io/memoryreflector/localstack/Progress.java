package io.memoryreflector.localstack;

import java.time.Duration;
import java.util.List;

/** Hears what the stack is doing. Called by the thread that starts or stops it. */
interface Progress {

    /** Nobody listens. */
    Progress SILENT = new Progress() {};

    /** These parts have been launched. */
    default void starting(List<Part> parts) {}

    /** This part answers, so long after its launch. */
    default void up(Part part, int port, Duration took) {}

    /** Everything is being stopped. */
    default void stopping() {}
}
