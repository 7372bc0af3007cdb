package io.memoryreflector.localstack;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * How one server is run.
 *
 * @param part which server
 * @param command program and arguments
 * @param environment added to that of this process
 * @param prepare runs before each start
 * @param healthy whether it answers a real request
 */
record Server(
        Part part, List<String> command, Map<String, String> environment, Preparation prepare, HealthCheck healthy) {

    private static final int BACKGROUND = 10;

    /** Less than one does not get. */
    private static final int SHADOW = 19;

    /** How far it stands behind what somebody waits for: a shadow behind the live reflector too. */
    int niceness() {
        if (environment.containsKey("REFLECTOR_SHADOW")) {
            return SHADOW;
        }
        return part.background && !Boolean.getBoolean(LocalStack.EQUALS) ? BACKGROUND : 0;
    }

    /** Work that has to be done before each start. */
    interface Preparation {
        void run() throws IOException;
    }

    /** Asks the server something; bounded in time by itself. */
    interface HealthCheck {
        boolean test() throws IOException;
    }
}
