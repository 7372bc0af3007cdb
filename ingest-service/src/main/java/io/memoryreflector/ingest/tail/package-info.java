/** What was just taken and may not be reflected yet, so that whoever wrote it reads it. Nothing here is kept for long. */
package io.memoryreflector.ingest.tail;
