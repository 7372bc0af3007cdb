/** What became of interactions, as callers read it. Nothing here changes a status. */
package io.memoryreflector.ingest.status;
