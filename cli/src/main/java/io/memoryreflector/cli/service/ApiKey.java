package io.memoryreflector.cli.service;

import java.util.Optional;

/** The key that the service asks for. Shows itself to nobody but the service. Immutable. */
public final class ApiKey {

    private static final String VARIABLE = "REFLECTOR_API_KEY";

    private final String text;

    private ApiKey(String text) {
        this.text = text;
    }

    /**
     * The key that the environment names; empty where it names none.
     *
     * @throws IllegalArgumentException where it cannot be one
     */
    public static Optional<ApiKey> of(String variable) {
        if (variable == null || variable.isBlank()) {
            return Optional.empty();
        }
        var text = variable.strip();
        if (!text.matches("[!-~]+")) {
            throw new IllegalArgumentException(VARIABLE + ": holds a character that no key has, takes a key");
        }
        return Optional.of(new ApiKey(text));
    }

    /** The value of the header {@code Authorization}. */
    String authorization() {
        return "Bearer " + text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
