/** What waits for another attempt: looking at it, and not waiting. */
package io.memoryreflector.cli.retries;
