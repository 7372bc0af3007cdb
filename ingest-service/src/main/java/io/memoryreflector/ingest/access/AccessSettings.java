package io.memoryreflector.ingest.access;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may come in, checked.
 *
 * @param keys none where no keys are set
 * @param oidc empty where no issuer is set
 * @param rateLimit of each credential; empty where there is none
 * @param hosts names under which the service may be called, beside those of this machine's loopback
 * @param loopback whether only this machine can reach the service
 */
record AccessSettings(
        ApiKeys keys, Optional<OidcSettings> oidc, Optional<RateLimit> rateLimit, Set<String> hosts, boolean loopback) {

    private static final String KEYS = "REFLECTOR_API_KEYS";
    private static final String KEYS_FILE = "REFLECTOR_API_KEYS_FILE";
    private static final String RATE = "REFLECTOR_RATE_LIMIT";
    private static final String BURST = "REFLECTOR_RATE_LIMIT_BURST";
    private static final int MOST = 10_000_000;

    /** @throws InvalidSetting also where everybody could reach a service that asks nobody who they are */
    static AccessSettings from(Environment environment, InetAddress address) {
        var keys = keys(environment);
        var oidc = OidcSettings.from(environment);
        var closed = !keys.isEmpty() || oidc.isPresent();
        if (!closed && !address.isLoopbackAddress()) {
            throw new InvalidSetting(
                    "SERVER_ADDRESS",
                    address.getHostAddress(),
                    "a loopback address such as 127.0.0.1 while neither " + KEYS + ", " + KEYS_FILE
                            + " nor REFLECTOR_OIDC_ISSUER says who may come in");
        }
        return new AccessSettings(
                keys, oidc, rateLimit(environment, closed), hosts(environment), address.isLoopbackAddress());
    }

    /** Whether callers have to say who they are. */
    boolean isClosed() {
        return !keys.isEmpty() || oidc.isPresent();
    }

    private static ApiKeys keys(Environment environment) {
        var text = environment.text(KEYS, "");
        var file = environment.text(KEYS_FILE, "");
        if (!text.isEmpty() && !file.isEmpty()) {
            throw new InvalidSetting(KEYS_FILE, file, "to stand alone, without " + KEYS);
        }
        if (!text.isEmpty()) {
            return ApiKeys.parse(KEYS, text);
        }
        if (file.isEmpty()) {
            return ApiKeys.none();
        }
        try {
            return ApiKeys.parse(KEYS_FILE, Files.readString(Path.of(file)));
        } catch (IOException | InvalidPathException e) {
            throw new InvalidSetting(KEYS_FILE, file, "a file of UTF-8 that this process may read");
        }
    }

    private static Optional<RateLimit> rateLimit(Environment environment, boolean closed) {
        var given = environment.text(RATE, "");
        if (!closed) {
            if (!given.isEmpty()) {
                throw new InvalidSetting(RATE, given, "nothing without " + KEYS + ": a limit is a key's");
            }
            return Optional.empty();
        }
        var perMinute = environment.integer(RATE, RateLimit.DEFAULT.perMinute(), 0, MOST);
        if (perMinute == 0) {
            return Optional.empty();
        }
        var burst = Math.min(perMinute, RateLimit.DEFAULT.burst());
        return Optional.of(new RateLimit(perMinute, environment.integer(BURST, burst, 1, MOST)));
    }

    private static Set<String> hosts(Environment environment) {
        return Arrays.stream(environment.text("REFLECTOR_ALLOWED_HOSTS", "").split(",", -1))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .peek(AccessSettings::checkHost)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void checkHost(String host) {
        if (!host.matches("[a-z0-9.-]+|\\[[0-9a-f:.]+]")) {
            throw new InvalidSetting(
                    "REFLECTOR_ALLOWED_HOSTS",
                    host,
                    "names without scheme and port, with commas, such as memory.example.com");
        }
    }
}
