/** How long the stores keep things, and who sees to it. Nothing here deletes: {@code store.retention} does. */
package io.memoryreflector.ingest.retention;
