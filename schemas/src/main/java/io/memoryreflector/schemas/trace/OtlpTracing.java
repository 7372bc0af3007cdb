package io.memoryreflector.schemas.trace;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Spans that go to a collector by OTLP over HTTP, set as OpenTelemetry sets it: on where {@code
 * OTEL_EXPORTER_OTLP_ENDPOINT} (or {@code OTEL_EXPORTER_OTLP_TRACES_ENDPOINT}) names a collector, and whichever other
 * {@code OTEL_*} variable is set is heeded. Needs OpenTelemetry's SDK, which a program brings and a client does not.
 */
public final class OtlpTracing {

    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private static final String PREFIX = "OTEL_";

    private OtlpTracing() {}

    /**
     * Tracing as the environment asks for it; off if it names no endpoint. A collector that does not answer costs spans and
     * nothing else.
     *
     * @param service {@code service.name} where {@code OTEL_SERVICE_NAME} gives none
     * @throws InvalidSetting if a variable's value cannot be used
     */
    public static Tracing from(Environment environment, String service) {
        if (!isOn(environment)) {
            return Tracing.off();
        }
        try {
            var sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> properties(environment, service))
                    .build()
                    .getOpenTelemetrySdk();
            return Tracing.of(sdk, sdk::close);
        } catch (ConfigurationException | IllegalArgumentException | IllegalStateException refused) {
            throw new InvalidSetting("OTEL_*", reason(refused), "what OpenTelemetry's SDK takes, over http/protobuf");
        }
    }

    private static boolean isOn(Environment environment) {
        var named = isAddress(environment, ENDPOINT);
        var namedForTraces = isAddress(environment, TRACES_ENDPOINT);
        return (named || namedForTraces) && !environment.flag("OTEL_SDK_DISABLED", false);
    }

    private static boolean isAddress(Environment environment, String variable) {
        var value = environment.text(variable, "");
        try {
            var scheme = String.valueOf(new URI(value).getScheme());
            if (value.isEmpty() || scheme.equals("http") || scheme.equals("https")) {
                return !value.isEmpty();
            }
        } catch (URISyntaxException e) {
            // Reported below with what it takes.
        }
        throw new InvalidSetting(variable, value, "a collector's address such as http://collector:4318");
    }

    /** Ours are what goes for a variable that is not set: spans only, and links for a whole batch of a sink. */
    private static Map<String, String> properties(Environment environment, String service) {
        var properties = new HashMap<>(Map.of(
                "otel.service.name", service,
                "otel.traces.exporter", "otlp",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.span.link.count.limit", "1000"));
        environment.variables().forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isBlank()) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value.strip());
            }
        });
        return properties;
    }

    private static String reason(RuntimeException refused) {
        return refused.getCause() == null
                ? refused.getMessage()
                : refused.getMessage() + ": " + refused.getCause().getMessage();
    }
}
