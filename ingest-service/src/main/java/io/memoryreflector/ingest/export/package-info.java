/** Everything about a user, line by line. Nothing here changes anything. */
package io.memoryreflector.ingest.export;
