package io.memoryreflector.reflection.model;

import io.memoryreflector.schemas.env.InvalidSetting;

/**
 * The key of an endpoint; never shown.
 *
 * @param value as it is sent
 */
record ApiKey(String value) {

    private static final int SHORTEST_TO_LOOK_FOR = 6;

    static ApiKey of(String variable, String value) {
        if (!value.chars().allMatch(character -> character > ' ' && character < 0x7F)) {
            // An HTTP client would quote the whole header in its complaint.
            throw new InvalidSetting(
                    variable, "a text of " + value.length() + " characters", "printable ASCII without blanks");
        }
        return new ApiKey(value);
    }

    /** The text without the key, for what an endpoint says about it. */
    String hiddenIn(String text) {
        return value.length() < SHORTEST_TO_LOOK_FOR ? text : text.replace(value, "[key]");
    }

    @Override
    public String toString() {
        return "[key]";
    }
}
