package io.memoryreflector.connect.rabbitmq;

import java.io.IOException;

/** The broker ended the consumer and left the channel open: the queue is gone, or its leader moved. */
final class ConsumerEnded extends IOException {

    private static final long serialVersionUID = 1L;

    ConsumerEnded(String queue) {
        super("the broker has cancelled the consumer of " + queue + ": the queue was deleted or moved");
    }
}
