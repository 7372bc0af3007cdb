package io.memoryreflector.ingest.seeds;

import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Names a transcript that was handed over, and with it the interactions that it became, so that nobody has to keep which
 * they are.
 *
 * @param id of this transcript alone
 * @param interactions how many
 */
record RawMemoryId(String id, int interactions) {

    private static final int MOST = 1_000_000;
    private static final Pattern FORM = Pattern.compile("raw_([0-9a-f-]{36})_([1-9]\\d{0,6})");

    /** A new one, or the same for the same key of the same user. */
    static RawMemoryId of(String user, Optional<String> idempotencyKey, int interactions, Instant now) {
        return new RawMemoryId(
                idempotencyKey.map(key -> Ids.nameBased("raw", user, key)).orElseGet(() -> Ids.timeOrdered(now)),
                interactions);
    }

    /** @throws RequestProblem 400 on a text that is none */
    static RawMemoryId parse(String text) {
        var parts = FORM.matcher(text);
        if (parts.matches() && Integer.parseInt(parts.group(2)) <= MOST) {
            return new RawMemoryId(parts.group(1), Integer.parseInt(parts.group(2)));
        }
        throw RequestProblem.parameter("raw_memory_id", "got '" + text + "', takes one that store_raw has answered");
    }

    /** Of an interaction, by its position from 0: in the order of their texts too. */
    String interactionId(int position) {
        return "raw_%s:%06d".formatted(id, position);
    }

    List<String> interactionIds() {
        return IntStream.range(0, interactions).mapToObj(this::interactionId).toList();
    }

    @Override
    public String toString() {
        return "raw_" + id + "_" + interactions;
    }
}
