/**
 * Jobs of a RabbitMQ queue become interactions of the log. Acknowledges what Kafka has and nothing else; publishes
 * nothing to RabbitMQ, knows no store.
 */
package io.memoryreflector.connect.rabbitmq;
