/**
 * What waits for another attempt, and having it attempted now. Nothing here attempts anything: the reflector is asked to.
 */
package io.memoryreflector.ingest.retries;
