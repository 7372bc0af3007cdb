package io.memoryreflector.ingest.export;

import io.memoryreflector.ingest.deadletters.LettersOfUser;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.longterm.Amendments;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.longterm.MemoryFilter;
import io.memoryreflector.store.longterm.SessionSummaries;
import io.memoryreflector.store.longterm.Transcripts;
import io.memoryreflector.store.status.StatusBoard;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Collects everything about a user, a page of each kind at a time, so that it needs no more memory for more. Thread-safe. */
@Component
final class Export {

    private static final int PAGE = 500;

    private final Transcripts transcripts;
    private final LongTermMemory memories;
    private final Amendments amendments;
    private final SessionSummaries summaries;
    private final StatusBoard board;
    private final LettersOfUser letters;

    Export(
            Transcripts transcripts,
            LongTermMemory memories,
            Amendments amendments,
            SessionSummaries summaries,
            StatusBoard board,
            LettersOfUser letters) {
        this.transcripts = transcripts;
        this.memories = memories;
        this.amendments = amendments;
        this.summaries = summaries;
        this.board = board;
        this.letters = letters;
    }

    /** An export whose stores have answered once. */
    interface Ready {

        /** Gives all lines, the count last; ends early with what a store or the reader throws. */
        void write(Consumer<Line> reader);
    }

    /**
     * Asks each store once, so that one that is away is known before the first line.
     *
     * @param asOf only interactions and memories, those that had happened and were not over then; all else has no such time
     */
    Ready begin(UserKey user, Optional<Instant> asOf) {
        transcripts.sessions(user, "", 1);
        board.interactions(user, 0, 1);
        var found = letters.find(user);
        return reader -> {
            var counts = new TreeMap<String, Long>();
            Consumer<Line> counting = line -> {
                counts.merge(line.type(), 1L, Long::sum);
                reader.accept(line);
            };
            interactions(user, asOf, counting);
            memories(user, asOf, counting);
            if (asOf.isEmpty()) {
                amendments(user, counting);
                sessions(user, counting);
                summaries(user, counting);
                statuses(user, counting);
                found.read(letter -> counting.accept(new Line.DeadLetter("dead_letter", letter)));
            }
            reader.accept(new Line.End("end", user.namespace(), user.userId(), Collections.unmodifiableMap(counts)));
        };
    }

    private void interactions(UserKey user, Optional<Instant> asOf, Consumer<Line> reader) {
        var page = transcripts.interactions(user, Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            page.stream()
                    .filter(said -> asOf.filter(said.occurredAt()::isAfter).isEmpty())
                    .map(Line.Interaction::of)
                    .forEach(reader);
            page = transcripts.interactions(user, Optional.of(page.get(page.size() - 1)), PAGE);
        }
    }

    private void memories(UserKey user, Optional<Instant> asOf, Consumer<Line> reader) {
        var cursor = Optional.<String>empty();
        do {
            var page = memories.memories(user, all(cursor, asOf));
            page.memories().stream().map(Line.Remembered::of).forEach(reader);
            cursor = page.nextCursor();
        } while (cursor.isPresent());
    }

    private static MemoryFilter all(Optional<String> cursor, Optional<Instant> asOf) {
        return new MemoryFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PAGE,
                cursor,
                asOf);
    }

    private void amendments(UserKey user, Consumer<Line> reader) {
        var page = amendments.of(user, "", PAGE);
        while (!page.isEmpty()) {
            page.stream().map(Line.Amendment::of).forEach(reader);
            page = amendments.of(user, page.get(page.size() - 1).amendmentId(), PAGE);
        }
    }

    private void sessions(UserKey user, Consumer<Line> reader) {
        var page = transcripts.sessions(user, "", PAGE);
        while (!page.isEmpty()) {
            page.stream().map(Line.Session::of).forEach(reader);
            page = transcripts.sessions(user, page.get(page.size() - 1).sessionId(), PAGE);
        }
    }

    private void summaries(UserKey user, Consumer<Line> reader) {
        var page = summaries.page(user, "", PAGE);
        while (!page.isEmpty()) {
            page.stream().map(Line.SessionSummary::of).forEach(reader);
            page = summaries.page(user, page.get(page.size() - 1).sessionId(), PAGE);
        }
    }

    private void statuses(UserKey user, Consumer<Line> reader) {
        for (long place = 0; ; place += PAGE) {
            var page = board.interactions(user, place, PAGE);
            page.stream()
                    .map(board::find)
                    .flatMap(Optional::stream)
                    .map(Line.Status::of)
                    .forEach(reader);
            if (page.size() < PAGE) {
                return;
            }
        }
    }
}
