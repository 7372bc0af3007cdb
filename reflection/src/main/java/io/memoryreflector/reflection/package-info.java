/**
 * How a conversation becomes memories: the {@link io.memoryreflector.reflection.Reflector} interface and its outcomes.
 * Nothing in this module knows Kafka's clients, a topic or a store.
 */
package io.memoryreflector.reflection;
