package io.memoryreflector.client.event;

/** A draft that can be no interaction. Carries no stack trace. */
public final class InvalidDraft extends Exception {

    private final String field;

    InvalidDraft(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    /** The field that is wrong, named as in the API. */
    public String field() {
        return field;
    }
}
