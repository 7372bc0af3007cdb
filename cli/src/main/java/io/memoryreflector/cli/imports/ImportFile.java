package io.memoryreflector.cli.imports;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A file of interactions, or stdin: newline-delimited JSON or a JSON array, which the first byte tells. For one thread. */
final class ImportFile implements Entries, AutoCloseable {

    /** Size of what has no end that is known. */
    static final long UNKNOWN_SIZE = -1;

    private static final int BUFFER = 64 * 1024;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Counted counted;
    private final BufferedInputStream in;
    private final long size;
    private Entries entries;

    private ImportFile(InputStream in, long size) {
        this.counted = new Counted(in);
        this.in = new BufferedInputStream(counted, BUFFER);
        this.size = size;
    }

    /**
     * Opens it.
     *
     * @param name of the file, or {@code -}
     * @throws IllegalArgumentException where there is no such file
     */
    static ImportFile open(String name, InputStream stdin) throws IOException {
        if (name.equals("-")) {
            return new ImportFile(stdin, UNKNOWN_SIZE);
        }
        var path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException("FILE: got '" + name + "', which is a folder, takes a file or '-'");
        }
        try {
            // What is no regular file, such as a pipe, has no size that says anything.
            var size = Files.isRegularFile(path) ? Files.size(path) : UNKNOWN_SIZE;
            return new ImportFile(Files.newInputStream(path), size);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("FILE: got '" + name + "', which is not there, takes a file or '-'", e);
        }
    }

    @Override
    public Optional<Entry> next() throws IOException {
        if (entries == null) {
            entries = startsWithBracket() ? new ArrayEntries(in) : new LineEntries(in, EntryReader.MAX_ENTRY_BYTES);
        }
        return entries.next();
    }

    /** Bytes of it that have been read. */
    long position() {
        return counted.count;
    }

    /** Bytes of it, or {@link #UNKNOWN_SIZE}. */
    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Looks at the first byte that is no white space; white space is left to be read, for it counts as lines. */
    private boolean startsWithBracket() throws IOException {
        in.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            in.reset();
        }
        in.mark(BUFFER);
        for (var looked = 0; looked < BUFFER; looked++) {
            var next = in.read();
            if (next < 0 || !Character.isWhitespace(next)) {
                in.reset();
                return next == '[';
            }
        }
        in.reset();
        return false;
    }

    private static final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var read = in.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var read = in.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
