/** Settings, the clients of Kafka, Redis and Neo4j, and the web server's own. No endpoint lives here. */
package io.memoryreflector.ingest.config;
