package io.memoryreflector.cli;

import io.memoryreflector.cli.output.DurationText;
import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes. */
final class GlobalOptions {

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "${env:REFLECTOR_URL:-http://127.0.0.1:8080}",
            description = "Address of ingest-service; else REFLECTOR_URL, else http://127.0.0.1:8080.")
    private String url;

    @Option(
            names = "--connect-timeout",
            scope = ScopeType.INHERIT,
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = DurationText.class,
            description = "How long a connection may take (default: ${DEFAULT-VALUE}).")
    private Duration connectTimeout;

    @Option(
            names = "--timeout",
            scope = ScopeType.INHERIT,
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationText.class,
            description = "How long one request may take (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print the service's JSON and nothing else: one document, or one a line for a list.")
    private boolean json;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show each request on stderr, and the stack trace of a failure.")
    private boolean verbose;

    /** @throws IllegalArgumentException saying what it takes */
    URI url() {
        try {
            var uri = URI.create(url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Reported below with what it takes.
        }
        throw new IllegalArgumentException(
                "--url (or REFLECTOR_URL): got '" + url + "', takes an address such as http://127.0.0.1:8080");
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration timeout() {
        return timeout;
    }

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }
}
