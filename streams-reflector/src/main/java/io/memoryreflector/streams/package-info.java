/**
 * The Kafka Streams topology and the program that runs it. {@link io.memoryreflector.streams.ReflectorTopology} is the
 * picture; each sub-topology has a package of its own. Nothing here knows a database: Kafka in, Kafka out.
 */
package io.memoryreflector.streams;
