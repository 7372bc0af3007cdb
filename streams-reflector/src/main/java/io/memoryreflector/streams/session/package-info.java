/** Follows each session by the memories that are made of it, and writes it in short once it is over. */
package io.memoryreflector.streams.session;
