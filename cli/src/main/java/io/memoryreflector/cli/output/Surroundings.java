package io.memoryreflector.cli.output;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a run of the command has around it. Its streams are UTF-8, whatever the locale.
 *
 * @param out what was asked for; to be flushed at the end
 * @param err what went wrong, and progress
 * @param apiKey what {@code REFLECTOR_API_KEY} holds, which an option would show to everyone on the machine; may be null
 */
public record Surroundings(InputStream in, PrintStream out, PrintStream err, Terminal terminal, String apiKey) {

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                System.in,
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
                        false,
                        StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Terminal.ofProcess(),
                System.getenv("REFLECTOR_API_KEY"));
    }

    /** Says no secret. */
    @Override
    public String toString() {
        return "surroundings of " + terminal;
    }
}
