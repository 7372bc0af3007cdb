/** Builds a projection anew from the log, beside the one in use, and has it take its place; asks no model. */
package io.memoryreflector.ingest.rebuild;
