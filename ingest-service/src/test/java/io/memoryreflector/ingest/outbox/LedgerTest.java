package io.memoryreflector.ingest.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {

    @Test
    void shouldGiveNoRoomAboveEitherBound() {
        var ledger = new Ledger(2, 100);

        assertThat(ledger.reserve("a", 50)).isTrue();
        assertThat(ledger.reserve("a", 51)).isFalse();
        assertThat(ledger.isFull()).isFalse();
        assertThat(ledger.reserve("b", 50)).isTrue();
        assertThat(ledger.reserve("b", 0)).isFalse();
        assertThat(ledger.isFull()).isTrue();

        ledger.release("a", 50);
        assertThat(ledger.reserve("c", 50)).isTrue();
    }

    @Test
    void shouldKnowAUserUntilTheLastEntryIsReleased() {
        var ledger = new Ledger(10, 100);
        ledger.reserve("a", 1);
        ledger.reserve("a", 2);

        ledger.release("a", 1);
        assertThat(ledger.holds("a")).isTrue();
        ledger.release("a", 2);
        assertThat(ledger.holds("a")).isFalse();
        assertThat(ledger.entries()).isZero();
        assertThat(ledger.bytes()).isZero();
    }

    @Test
    void shouldNotCountBelowNothing() {
        var ledger = new Ledger(10, 100);

        ledger.release("a", 5);

        assertThat(ledger.entries()).isZero();
        assertThat(ledger.bytes()).isZero();
    }
}
