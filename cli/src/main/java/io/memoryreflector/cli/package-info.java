/**
 * The command {@code reflector}: a client of ingest-service for people and scripts. It knows the service by its HTTP
 * interface only: no other module, no Kafka, no database.
 */
package io.memoryreflector.cli;
