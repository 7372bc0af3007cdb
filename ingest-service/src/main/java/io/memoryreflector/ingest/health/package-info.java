/** Whether the servers that this service needs answer. Health says what is; it decides nothing. */
package io.memoryreflector.ingest.health;
