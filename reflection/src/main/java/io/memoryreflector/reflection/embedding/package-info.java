/** Dense vectors of texts: one model, in process by default, and the byte format in which vectors travel. */
package io.memoryreflector.reflection.embedding;
