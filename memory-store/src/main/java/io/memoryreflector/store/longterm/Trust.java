package io.memoryreflector.store.longterm;

import io.memoryreflector.events.Source;

/** How far what came by an entrance is to be believed. */
public enum Trust {
    /** A program of the operator's handed over what was said. */
    HIGH,
    /** A file from elsewhere says that it was said. */
    MEDIUM,
    /** An assistant chose to remember it, perhaps because a text told it to, or nobody knows how it came. */
    LOW;

    /** The level of an entrance. */
    public static Trust of(Source source) {
        return switch (source) {
            case REST, KAFKA, RABBITMQ, SDK -> HIGH;
            case IMPORT -> MEDIUM;
            case MCP, UNKNOWN -> LOW;
        };
    }
}
