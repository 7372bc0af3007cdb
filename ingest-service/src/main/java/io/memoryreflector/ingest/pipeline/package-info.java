/** The pipeline as a whole, live: what its page draws. Reads only; nothing here changes how anything flows. */
package io.memoryreflector.ingest.pipeline;
