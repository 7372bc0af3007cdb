/** Neo4j's harness as a program. It is GPL-3: nothing of the product may depend on this module. */
package io.memoryreflector.localstack.neo4j;
