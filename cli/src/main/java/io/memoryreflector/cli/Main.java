package io.memoryreflector.cli;

import io.memoryreflector.cli.output.Surroundings;

/** Where the program starts. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        var surroundings = Surroundings.ofProcess();
        var exit = Reflector.run(surroundings, args);
        surroundings.out().flush();
        surroundings.err().flush();
        System.exit(exit);
    }
}
