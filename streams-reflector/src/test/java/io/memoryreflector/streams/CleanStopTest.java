package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanStopTest {

    private final AtomicInteger cleanedUp = new AtomicInteger();

    @Test
    void shouldKeepTheStoresOnlyOfARunThatNotedItsStop(@TempDir Path folder) {
        var cleanStop = new CleanStop(folder.resolve("state"));

        cleanStop.begin(cleanedUp::incrementAndGet);
        assertThat(cleanedUp).hasValue(1);

        cleanStop.note();
        cleanStop.begin(cleanedUp::incrementAndGet);
        assertThat(cleanedUp).hasValue(1);

        // Killed this time: no note.
        cleanStop.begin(cleanedUp::incrementAndGet);
        assertThat(cleanedUp).hasValue(2);
    }

    @Test
    void shouldNoteAStopThatCameBeforeTheStart(@TempDir Path folder) {
        var cleanStop = new CleanStop(folder);
        cleanStop.note();

        cleanStop.note();
        cleanStop.begin(cleanedUp::incrementAndGet);

        assertThat(cleanedUp).hasValue(0);
    }
}
