package io.memoryreflector.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private Path file;
    private Process process;

    @BeforeEach
    void startAProcess() throws IOException {
        file = folder.resolve("pids/sleep");
        process = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void endIt() {
        process.destroyForcibly();
    }

    @Test
    void shouldEndAProcessThatAnEarlierRunLeft() throws IOException {
        new PidFile(file).write(process.toHandle());

        new PidFile(file).endProcess(TIMEOUT);

        assertThat(process.isAlive()).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldNotEndAnotherProcessThatWasGivenTheSameId() throws IOException {
        new PidFile(file).write(process.toHandle());
        var start = process.info().startInstant().orElseThrow();
        Files.writeString(file, process.pid() + " " + start.minusSeconds(60));

        new PidFile(file).endProcess(TIMEOUT);

        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void shouldForgetAFileThatWasCutOff() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, process.pid() + " 20");

        new PidFile(file).endProcess(TIMEOUT);

        assertThat(process.isAlive()).isTrue();
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldDoNothingWithoutAnEarlierRun() {
        new PidFile(file).endProcess(TIMEOUT);

        assertThat(process.isAlive()).isTrue();
    }
}
