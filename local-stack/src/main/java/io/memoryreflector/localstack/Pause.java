package io.memoryreflector.localstack;

import java.util.concurrent.TimeUnit;

/** The wait between two looks at something that another process does. */
final class Pause {

    private static final long MILLIS = 50;

    private Pause() {}

    static void briefly() {
        try {
            TimeUnit.MILLISECONDS.sleep(MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }
}
