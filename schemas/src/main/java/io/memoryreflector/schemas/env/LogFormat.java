package io.memoryreflector.schemas.env;

import java.util.Locale;

/**
 * How a program writes its log, by {@code LOG_FORMAT}. Logging reads the variable itself, before any setting is read: the
 * appender of each is in a file of its own beside {@code logback.xml}.
 */
public enum LogFormat {
    TEXT,
    JSON;

    private static final String VARIABLE = "LOG_FORMAT";

    /** @throws InvalidSetting if the variable is none of them */
    public static LogFormat from(Environment environment) {
        var value = environment.text(VARIABLE, "text");
        for (var format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(value)) {
                return format;
            }
        }
        throw new InvalidSetting(VARIABLE, value, "text or json");
    }
}
