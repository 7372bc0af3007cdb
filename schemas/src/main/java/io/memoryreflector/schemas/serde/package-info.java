/** Avro in Confluent's wire format against a schema registry. No program serialises an event elsewhere. */
package io.memoryreflector.schemas.serde;
