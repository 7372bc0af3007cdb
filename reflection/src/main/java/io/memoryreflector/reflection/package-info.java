/**
 * How a conversation becomes memories: the {@link io.memoryreflector.reflection.Reflector} interface, its requests and outcomes, and who speaks in a message.
 * Nothing in this module knows Kafka's clients, a topic or a store.
 */
package io.memoryreflector.reflection;
