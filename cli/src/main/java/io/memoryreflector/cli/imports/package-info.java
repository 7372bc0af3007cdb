/**
 * Importing files of any size in constant memory: a reader hands items to lanes, each lane sends batches in order, the
 * tally keeps what came of them. All items of one user take the same lane, so their order holds.
 */
package io.memoryreflector.cli.imports;
