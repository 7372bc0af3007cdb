package io.memoryreflector.systemtests.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedTest {

    @Test
    void shouldCountWhatBecomesOfEachTask() {
        var calls = new ArrayList<Call>();
        add(calls, "well", Outcome.OK);
        add(calls, "retried", Outcome.DROPPED, Outcome.RATE_LIMITED, Outcome.OK);
        add(calls, "exhausted", Outcome.HALF, Outcome.ENDLESS, Outcome.SERVER_ERROR);
        add(calls, "refused", Outcome.SERVER_ERROR, Outcome.REFUSED);
        calls.add(call("repaired", false, Outcome.INVALID_JSON));
        calls.add(call("repaired", true, Outcome.OK));
        calls.add(call("broken", false, Outcome.WRONG_SCHEMA));
        calls.add(call("broken", true, Outcome.INVALID_JSON));

        assertThat(Expected.of(calls, 2)).isEqualTo(new Expected(2 + 2 + 1, 1, 2, 3));
    }

    private static void add(List<Call> calls, String text, Outcome... outcomes) {
        for (var outcome : outcomes) {
            calls.add(call(text, false, outcome));
        }
    }

    private static Call call(String text, boolean repair, Outcome outcome) {
        return new Call(
                0, Instant.EPOCH, Call.Endpoint.CHAT, "stub", "semantic", List.of(text), repair, 0, outcome, 0, 0);
    }
}
