/**
 * Reflection by a model behind any endpoint that speaks OpenAI's protocol: what is asked, what an answer must look like,
 * and how it becomes memories. Kafka, stores and the choice of who is asked when live elsewhere.
 */
package io.memoryreflector.reflection.model;
