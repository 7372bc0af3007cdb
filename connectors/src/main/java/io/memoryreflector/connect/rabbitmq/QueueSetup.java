package io.memoryreflector.connect.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up exchange, queue and dead-letter queue. What is there already stays as it is, however it was set up; what is
 * wrong with it is said, with the way out.
 *
 * @param maxPriority of a new queue; 0: it knows no priorities
 */
record QueueSetup(String exchange, String queue, String deadLetterQueue, int maxPriority) {

    private static final Logger LOG = LoggerFactory.getLogger(QueueSetup.class);
    private static final String DEAD_LETTER_KEY = "failed";

    /** Every routing key that begins so: a star instead would take one word, and a user id may have many. */
    private static final String BINDING = "reflection.#";

    /** Work on a channel; a broker that refuses it closes that channel. */
    private interface Step {
        void take(Channel channel) throws IOException;
    }

    /** Runs at each connection, so what was deleted meanwhile is there again. */
    void declare(Connection connection) throws IOException, TimeoutException {
        var deadLetterExchange = exchange + ".dlx";
        declareExchange(connection, deadLetterExchange, BuiltinExchangeType.DIRECT);
        declareQueue(connection, deadLetterQueue, Map.of());
        step(connection, channel -> channel.queueBind(deadLetterQueue, deadLetterExchange, DEAD_LETTER_KEY));
        var arguments = new HashMap<String, Object>();
        arguments.put("x-dead-letter-exchange", deadLetterExchange);
        arguments.put("x-dead-letter-routing-key", DEAD_LETTER_KEY);
        if (maxPriority > 0) {
            arguments.put("x-max-priority", maxPriority);
        }
        declareQueue(connection, queue, arguments);
        if (declareExchange(connection, exchange, BuiltinExchangeType.TOPIC)) {
            step(connection, channel -> channel.queueBind(queue, exchange, BINDING));
        }
    }

    /** Whether routing keys can be bound with wildcards, so far as it is known. */
    private static boolean declareExchange(Connection connection, String name, BuiltinExchangeType type)
            throws IOException, TimeoutException {
        var objection = step(connection, channel -> channel.exchangeDeclare(name, type, true));
        objection.ifPresent(text -> LOG.warn(advice(name, text)));
        return objection.filter(QueueSetup::isOfAnotherType).isEmpty();
    }

    /** What the broker's objection to an exchange means. */
    static String advice(String exchange, String objection) {
        return isOfAnotherType(objection)
                ? "exchange " + exchange + " is used as it is, but routes no reflection.{user_id} to the queue: "
                        + objection + ". A direct exchange compares whole keys, so a binding of reflection.* never"
                        + " matches. Delete the exchange and start the connector again, which makes it a topic exchange;"
                        + " or let the producers publish to the queue by the default exchange"
                : "exchange " + exchange + " is used as it is: " + objection;
    }

    private static boolean isOfAnotherType(String objection) {
        return objection.contains("arg 'type'");
    }

    private static void declareQueue(Connection connection, String name, Map<String, Object> arguments)
            throws IOException, TimeoutException {
        step(connection, channel -> channel.queueDeclare(name, true, false, false, arguments))
                .ifPresent(objection -> LOG.warn(
                        "queue {} is used as it is: {}. Without x-max-priority the broker keeps the order of arrival;"
                                + " to have it set up anew, drain it and delete it",
                        name,
                        objection));
    }

    /** The broker's objection to what it has in another form, if any. */
    private static Optional<String> step(Connection connection, Step step) throws IOException, TimeoutException {
        var channel = QueueLink.channel(connection);
        try {
            step.take(channel);
            return Optional.empty();
        } catch (IOException e) {
            if (BrokerAnswer.code(e).orElse(0) == AMQP.PRECONDITION_FAILED) {
                return Optional.of(BrokerAnswer.text(e));
            }
            throw e;
        } finally {
            if (channel.isOpen()) {
                channel.close();
            }
        }
    }
}
