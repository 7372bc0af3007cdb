package io.memoryreflector.reflection;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Why a batch was not reflected, which decides where its tasks go next. */
public sealed interface ReflectionFailure {

    /** The error itself. */
    Throwable cause();

    /** Name of the kind, as it stands in dead letters and status. */
    String kind();

    /** How long a provider is left alone that nobody could connect to. */
    Duration UNREACHABLE_FOR = Duration.ofSeconds(10);

    /**
     * What an error means that no reflector has explained: a provider that cannot be reached is down, a time-out or lost
     * connection passes, a bug stays.
     */
    static ReflectionFailure of(Throwable error) {
        var cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException) {
            return new ProviderDown(cause, UNREACHABLE_FOR);
        }
        return cause instanceof TimeoutException || cause instanceof IOException
                ? new Transient(cause, Optional.empty())
                : new Permanent(cause);
    }

    /** A time-out, 429, 5xx or lost connection: worth another attempt later. */
    record Transient(Throwable cause, Optional<Duration> retryAfter) implements ReflectionFailure {
        @Override
        public String kind() {
            return "transient";
        }
    }

    /** A refusal, or an answer that stays invalid: another attempt would end the same way. */
    record Permanent(Throwable cause) implements ReflectionFailure {
        @Override
        public String kind() {
            return "permanent";
        }
    }

    /** The provider answers nobody: tasks wait where they are and use up no attempt. */
    record ProviderDown(Throwable cause, Duration retryAfter) implements ReflectionFailure {
        @Override
        public String kind() {
            return "provider_down";
        }
    }
}
