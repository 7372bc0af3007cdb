package io.memoryreflector.systemtests.faults.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * How the programs behave under the agent. Travels in a file that each process reads when it starts, so that a restart
 * is all it takes to change it.
 *
 * @param immediate whether the reflector answers on the calling thread, without ever failing
 * @param delayMs longest time that one call takes, in milliseconds
 * @param transientRate share of the calls that fail in passing, 0 to 1
 * @param permanentRate share of the tasks that fail for good, 0 to 1
 * @param bug the one bug that is planted
 */
public record Behaviour(boolean immediate, int delayMs, double transientRate, double permanentRate, Optional<Bug> bug) {

    /** Slow and failing: three calls of ten in passing, two tasks of a hundred for good. */
    public static Behaviour failing() {
        return new Behaviour(false, 40, 0.3, 0.02, Optional.empty());
    }

    /** One memory a task, at once, without a failure. */
    public static Behaviour fast() {
        return new Behaviour(true, 0, 0, 0, Optional.empty());
    }

    /** The same with a bug. */
    public Behaviour with(Bug planted) {
        return new Behaviour(immediate, delayMs, transientRate, permanentRate, Optional.of(planted));
    }

    /** Whether this interaction fails for good in this tier, whatever the attempt. */
    public boolean failsForGood(String interactionId, String tier) {
        return Chance.of("permanent", interactionId, tier) < permanentRate;
    }

    /** Whether a call that begins with this task fails in passing. */
    boolean failsInPassing(String interactionId, String tier, int attempt) {
        return Chance.of("transient", interactionId, tier, Integer.toString(attempt)) < transientRate;
    }

    /** Writes the file whole or not at all. */
    public void write(Path file) throws IOException {
        var properties = new Properties();
        properties.setProperty("immediate", Boolean.toString(immediate));
        properties.setProperty("delay.ms", Integer.toString(delayMs));
        properties.setProperty("transient", Double.toString(transientRate));
        properties.setProperty("permanent", Double.toString(permanentRate));
        bug.ifPresent(planted -> properties.setProperty("bug", planted.name()));
        var whole = Files.createTempFile(file.toAbsolutePath().getParent(), "behaviour", null);
        try (var out = Files.newBufferedWriter(whole)) {
            properties.store(out, null);
        }
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }

    static Behaviour read(Path file) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return new Behaviour(
                Boolean.parseBoolean(properties.getProperty("immediate")),
                Integer.parseInt(properties.getProperty("delay.ms")),
                Double.parseDouble(properties.getProperty("transient")),
                Double.parseDouble(properties.getProperty("permanent")),
                Optional.ofNullable(properties.getProperty("bug")).map(Bug::valueOf));
    }
}
