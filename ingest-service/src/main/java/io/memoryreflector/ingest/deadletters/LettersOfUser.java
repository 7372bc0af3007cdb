package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.schemas.UserKey;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** A user's dead letters, for whoever wants all that there is of a user. Thread-safe. */
@Component
public final class LettersOfUser {

    private final Letterbox letterbox;

    LettersOfUser(Letterbox letterbox) {
        this.letterbox = letterbox;
    }

    /** Letters that were found; reading gives each as the list of dead letters shows it. */
    public interface Found {

        /** Reads one after the other. */
        void read(Consumer<Object> reader);
    }

    /** What is known now; 503 while the letters are still being read. */
    public Found find(UserKey user) {
        var entries = letterbox.of(user);
        return reader -> letterbox.read(entries, reader::accept);
    }
}
