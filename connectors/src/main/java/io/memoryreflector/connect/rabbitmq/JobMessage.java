package io.memoryreflector.connect.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;

/**
 * A message as the broker delivered it.
 *
 * @param epoch of the channel that it came by, since a delivery tag belongs to its channel
 */
record JobMessage(long epoch, Envelope envelope, BasicProperties properties, byte[] body) {}
