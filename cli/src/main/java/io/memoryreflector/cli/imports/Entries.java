package io.memoryreflector.cli.imports;

import java.io.IOException;
import java.util.Optional;

/** The entries of an import file, one after the other. For one thread. */
interface Entries {

    /** The next one; nothing at the end. */
    Optional<Entry> next() throws IOException;
}
