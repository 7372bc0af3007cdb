package io.memoryreflector.client;

import java.util.Locale;

/** Groups of reports that many applications hand over beside their chats. */
public enum Category {
    BUG,
    FEEDBACK,
    ERROR,
    PERFORMANCE,
    ARCHITECTURE,
    SECURITY,
    DECISION;

    /** The name in the event. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
