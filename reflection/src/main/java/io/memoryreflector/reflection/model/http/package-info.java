/**
 * Exchanges with an endpoint: each with one deadline from its first to its last byte, a bound on its answer, and an end
 * when it is cancelled. Nothing here knows what is asked.
 */
package io.memoryreflector.reflection.model.http;
