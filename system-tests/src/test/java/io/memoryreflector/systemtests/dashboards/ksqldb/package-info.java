/**
 * Reads the statements of {@code dashboards/ksqldb} as far as ksqlDB's language is used there, and holds every topic, key,
 * column and literal against the topic catalogue and the Avro schemas, since no ksqlDB runs where the tests do.
 */
package io.memoryreflector.systemtests.dashboards.ksqldb;
