package io.memoryreflector.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class OutagesTest {

    @Test
    void shouldTellNoAnswerFromANo() {
        assertThat(Outages.isNoAnswer(new IllegalStateException(new ConnectException("refused"))))
                .isTrue();
        assertThat(Outages.isNoAnswer(new RuntimeException(new TimeoutException())))
                .isTrue();
        assertThat(Outages.isNoAnswer(new IllegalArgumentException("namespace: got 'X'")))
                .isFalse();
        assertThat(Outages.isNoAnswer(new RuntimeException("wrapped", new IOException("reset"))))
                .isTrue();
    }
}
