/** A session in short, from the memories that were made of it. Knows no model. */
package io.memoryreflector.reflection.session;
