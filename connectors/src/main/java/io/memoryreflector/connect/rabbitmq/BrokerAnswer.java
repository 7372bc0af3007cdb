package io.memoryreflector.connect.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.OptionalInt;
import javax.net.ssl.SSLHandshakeException;

/** What a failure says about the broker: pure. */
final class BrokerAnswer {

    private static final String ELSEWHERE = "down or inaccessible";

    private BrokerAnswer() {}

    /** Whether the broker, or what is set here, has to be changed by somebody before another attempt can succeed. */
    static boolean isRefusal(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationFailureException
                    || cause instanceof PossibleAuthenticationFailureException
                    || cause instanceof SSLHandshakeException) {
                return true;
            }
        }
        return switch (code(error).orElse(0)) {
            // A durable queue whose node is away comes back with it.
            case AMQP.NOT_FOUND -> !text(error).contains(ELSEWHERE);
            case AMQP.ACCESS_REFUSED, AMQP.PRECONDITION_FAILED, AMQP.NOT_ALLOWED, AMQP.RESOURCE_LOCKED -> true;
            default -> false;
        };
    }

    /** The broker's reply code, where it said why it closed the channel or connection. */
    static OptionalInt code(Throwable error) {
        var signal = signal(error);
        if (signal != null && signal.getReason() instanceof AMQP.Channel.Close close) {
            return OptionalInt.of(close.getReplyCode());
        }
        if (signal != null && signal.getReason() instanceof AMQP.Connection.Close close) {
            return OptionalInt.of(close.getReplyCode());
        }
        return OptionalInt.empty();
    }

    /** In words: the broker's own, where it gave any. */
    static String text(Throwable error) {
        var signal = signal(error);
        if (signal != null && signal.getReason() instanceof AMQP.Channel.Close close) {
            return close.getReplyText();
        }
        if (signal != null && signal.getReason() instanceof AMQP.Connection.Close close) {
            return close.getReplyText();
        }
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }

    /** What somebody has to do about a refusal. */
    static String advice(Throwable error) {
        return switch (code(error).orElse(0)) {
            case AMQP.NOT_FOUND -> "Set up the queue, or set rabbitmq.declare=true";
            case AMQP.ACCESS_REFUSED -> "Give the user of rabbitmq.uri the right to it";
            case AMQP.NOT_ALLOWED -> "Let rabbitmq.uri name a virtual host that exists and that its user may enter";
            default -> "Look at the settings rabbitmq.*";
        };
    }

    private static ShutdownSignalException signal(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException signal) {
                return signal;
            }
        }
        return null;
    }
}
