package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.service.Problem;

/**
 * An entry that is not in, and why.
 *
 * @param line where it begins in the file
 */
record Refused(long line, Problem problem) {}
