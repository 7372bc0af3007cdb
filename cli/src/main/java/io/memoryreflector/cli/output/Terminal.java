package io.memoryreflector.cli.output;

/**
 * Which of the standard streams a person sits at.
 *
 * @param columns how wide a line is
 */
public record Terminal(boolean in, boolean out, boolean err, int columns) {

    private static final int USUAL_COLUMNS = 80;

    /** No person anywhere: a script, a pipe, a file. */
    public static final Terminal NONE = new Terminal(false, false, false, USUAL_COLUMNS);

    /** As {@code bin/reflector} found it; without that script, all of them where Java has a console. */
    static Terminal ofProcess() {
        var columns = Math.max(USUAL_COLUMNS / 2, Integer.getInteger("reflector.columns", USUAL_COLUMNS));
        var streams = System.getProperty("reflector.terminals");
        if (streams == null) {
            var console = System.console() != null;
            return new Terminal(console, console, console, columns);
        }
        return new Terminal(streams.contains("0"), streams.contains("1"), streams.contains("2"), columns);
    }
}
