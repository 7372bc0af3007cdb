/**
 * The schema registry, over Confluent's REST interface, which every registry speaks that Confluent's clients can use. No
 * Kafka here, and no other interface of any one registry.
 */
package io.memoryreflector.schemas.registry;
