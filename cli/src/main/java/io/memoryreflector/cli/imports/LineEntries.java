package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.imports.Entry.Unreadable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Newline-delimited JSON: a line that cannot be read spoils no other. Blank lines are skipped. */
final class LineEntries implements Entries {

    private final InputStream in;
    private final int maxBytes;
    private long line;

    /** @param in buffered */
    LineEntries(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    @Override
    public Optional<Entry> next() throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (true) {
            bytes.reset();
            var length = readLine(bytes);
            if (length < 0) {
                return Optional.empty();
            }
            line++;
            if (length > maxBytes) {
                var reason =
                        "has " + length + " bytes, takes up to " + maxBytes + "; too long for the rejects file too";
                return Optional.of(new Unreadable(line, new byte[0], reason));
            }
            var raw = bytes.toByteArray();
            if (!isBlank(raw)) {
                return Optional.of(EntryReader.read(line, raw));
            }
        }
    }

    /** Reads up to the line's end, keeps up to the limit; returns the line's length, -1 where there is none. */
    private long readLine(ByteArrayOutputStream kept) throws IOException {
        var next = in.read();
        if (next < 0) {
            return -1;
        }
        var length = 0L;
        for (; next >= 0 && next != '\n'; next = in.read()) {
            length++;
            if (length <= maxBytes) {
                kept.write(next);
            }
        }
        return length;
    }

    private static boolean isBlank(byte[] bytes) {
        for (var b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
