/** Long-term memories as callers list them. Nothing here ranks or writes. */
package io.memoryreflector.ingest.memories;
