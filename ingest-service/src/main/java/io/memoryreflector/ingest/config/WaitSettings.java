package io.memoryreflector.ingest.config;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.time.Duration;

/**
 * How long writes wait until they are reflected.
 *
 * @param byDefault where a request does not say; zero answers as soon as the interaction is safe
 * @param longest that a request may ask for
 */
public record WaitSettings(Duration byDefault, Duration longest) {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    static WaitSettings fromEnvironment(Environment environment) {
        var wait = environment.duration("MEMORY_WAIT", Duration.ofSeconds(30));
        if (wait.compareTo(LONGEST) > 0) {
            throw new InvalidSetting("MEMORY_WAIT", wait.toString(), "up to 60s");
        }
        return new WaitSettings(environment.flag("MEMORY_FAST_MODE", true) ? Duration.ZERO : wait, LONGEST);
    }
}
