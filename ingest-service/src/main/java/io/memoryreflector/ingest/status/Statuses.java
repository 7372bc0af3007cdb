package io.memoryreflector.ingest.status;

import io.memoryreflector.ingest.access.CurrentCaller;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.status.StatusBoard;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The status board as the calling thread's caller may see it. Thread-safe. */
@Component
public final class Statuses {

    private final StatusBoard board;
    private final CurrentCaller caller;

    Statuses(StatusBoard board, CurrentCaller caller) {
        this.board = board;
        this.caller = caller;
    }

    /** @throws RequestProblem 404 on one that is not known, or not the caller's to know */
    public StatusAnswer interaction(String id) {
        return board.find(id)
                .filter(status -> caller.get().sees(status.user().namespace()))
                .map(StatusAnswer::of)
                .orElseThrow(() -> RequestProblem.of(
                        HttpStatus.NOT_FOUND, "interaction_id: got '" + id + "', which is not known"));
    }

    /** What became of all that a user of the caller's namespace sent. */
    public UserStatusAnswer user(UserKey user) {
        return UserStatusAnswer.of(board.user(user));
    }
}
