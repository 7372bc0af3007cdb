/** The long term in Neo4j: writing events so that any order and any repeat gives the same graph. Nothing here ranks. */
package io.memoryreflector.store.longterm;
