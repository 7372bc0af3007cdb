package io.memoryreflector.ingest.deadletters;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A page of dead letters.
 *
 * @param deadLetters newest first
 * @param total how many match
 * @param nextCursor of the next page; null on the last
 * @param leftOut older letters of any kind that are on the topic and not in the index ({@code DEAD_LETTERS_MAX})
 */
record ListAnswer(
        List<LetterSummary> deadLetters,
        int total,
        @Schema(types = {"string", "null"}) String nextCursor,
        long leftOut) {

    static ListAnswer of(DeadLetterIndex.Page page, long leftOut) {
        return new ListAnswer(
                page.entries().stream().map(LetterSummary::of).toList(),
                page.total(),
                page.next().map(Cursor::of).orElse(null),
                leftOut);
    }
}
