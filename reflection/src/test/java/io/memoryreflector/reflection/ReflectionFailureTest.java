package io.memoryreflector.reflection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReflectionFailureTest {

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new ConnectException("refused"), "provider_down"),
                Arguments.of(new UnknownHostException("model.invalid"), "provider_down"),
                Arguments.of(new NoRouteToHostException(), "provider_down"),
                Arguments.of(new IOException("reset"), "transient"),
                Arguments.of(new TimeoutException(), "transient"),
                Arguments.of(new IllegalStateException("a bug"), "permanent"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void shouldTellWhatAnUnexplainedErrorMeansAlsoInsideOfAFuture(Throwable error, String kind) {
        assertThat(ReflectionFailure.of(error).kind()).isEqualTo(kind);
        assertThat(ReflectionFailure.of(new CompletionException(error)).kind()).isEqualTo(kind);
        assertThat(ReflectionFailure.of(new CompletionException(error)).cause()).isSameAs(error);
    }
}
