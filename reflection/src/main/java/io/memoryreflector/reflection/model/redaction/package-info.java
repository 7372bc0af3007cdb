/** What is taken out of a text before a model reads it. What is stored is not changed here. */
package io.memoryreflector.reflection.model.redaction;
