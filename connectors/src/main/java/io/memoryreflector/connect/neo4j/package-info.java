/** Interactions and memories into Neo4j. */
package io.memoryreflector.connect.neo4j;
