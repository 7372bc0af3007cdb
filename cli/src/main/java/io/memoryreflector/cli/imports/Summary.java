package io.memoryreflector.cli.imports;

import java.util.List;

/**
 * What came of an import.
 *
 * @param accepted are new in the log
 * @param duplicate were in it already, from an earlier run or an attempt whose answer was lost
 * @param spooled are safe on the service's disk, because Kafka is away
 * @param refused are not in
 * @param named the first of the refused, in the file's order
 */
record Summary(long accepted, long duplicate, long spooled, long refused, List<Refused> named) {

    long settled() {
        return accepted + duplicate + spooled + refused;
    }
}
