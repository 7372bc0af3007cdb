package io.memoryreflector.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OperationIdsTest {

    @Test
    void shouldMakeOrderedUuidsOfVersionSeven() {
        var ids = new OperationIds();
        var now = System.currentTimeMillis();

        var id = UUID.fromString(ids.next(now).toString());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now);
        assertThat(ids.next(now + 1).toString()).isGreaterThan(ids.next(now).toString());
    }

    @Test
    void shouldMakeNoneTwice() {
        var first = new OperationIds();
        var second = new OperationIds();
        var seen = ConcurrentHashMap.<OperationId>newKeySet();
        IntStream.range(0, 100_000).parallel().forEach(i -> {
            seen.add(first.next(1));
            seen.add(second.next(1));
        });
        assertThat(seen).hasSize(200_000);
    }

    @Test
    void shouldBeEqualByTheirText() {
        var made = new OperationIds().next(1);
        assertThat(OperationId.of(made.toString())).isEqualTo(made).hasSameHashCodeAs(made);
    }
}
