package io.memoryreflector.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void shouldReadWhatLinuxCanGive() {
        var meminfo = List.of("MemTotal:       8000000 kB", "MemFree:  100000 kB", "MemAvailable:    4194304 kB");

        assertThat(Memory.availableMib(meminfo, 1)).isEqualTo(4096);
        assertThat(Memory.availableMib(List.of("MemTotal: 8000000 kB"), 1)).isEqualTo(1);
    }

    @Test
    void shouldSayHowMuchIsThereAndHowMuchIsNeeded() {
        assertThatThrownBy(() -> Memory.check(3071))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("3071 MiB are available")
                .hasMessageContaining("need 3072 MiB");
        assertThatCode(() -> Memory.check(3072)).doesNotThrowAnyException();
    }
}
