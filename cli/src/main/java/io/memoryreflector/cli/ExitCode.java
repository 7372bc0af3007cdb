package io.memoryreflector.cli;

/** What a command's end says to the script that called it. */
public final class ExitCode {

    /** All of it is done. */
    public static final int DONE = 0;

    /** The service refused it, or a part of it. */
    public static final int REFUSED = 1;

    /** The command line cannot be. */
    public static final int USAGE = 2;

    /** The service does not answer, or says that it cannot for now. */
    public static final int NO_ANSWER = 3;

    private ExitCode() {}
}
