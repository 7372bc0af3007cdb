package io.memoryreflector.connect.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.memoryreflector.localstack.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.ExponentialBackoff;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Epochs, tags and what is given back, against a real broker that soon loses patience with whoever acknowledges nothing. */
@ExtendWith(SharedBroker.class)
class QueueLinkIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int PREFETCH = 5;

    private static Connection connection;

    private final String queue = "queue-" + UUID.randomUUID();
    private final List<JobMessage> taken = new ArrayList<>();
    private Channel channel;
    private QueueLink link;

    @BeforeAll
    static void start() throws Exception {
        connection = factory().newConnection();
    }

    @AfterAll
    static void stop() throws Exception {
        if (connection != null) {
            connection.abort();
        }
    }

    @BeforeEach
    void open() throws Exception {
        channel = connection.createChannel();
        channel.queueDeclare(queue, true, false, false, Map.of());
        link = link();
    }

    @AfterEach
    void close() throws Exception {
        link.close();
        channel.abort();
    }

    @Test
    void shouldHaveNoMoreInFlightThanThePrefetchCountAndGiveTheRestBack() throws Exception {
        publish(8);
        takeUntil(PREFETCH);

        link.take(taken, 10, Duration.ofMillis(300));
        assertThat(taken).hasSize(PREFETCH);
        assertThat(messages()).isEqualTo(8 - PREFETCH);

        link.done(taken.get(1).epoch(), taken.get(1).envelope().getDeliveryTag());
        link.done(taken.get(0).epoch(), taken.get(0).envelope().getDeliveryTag());
        link.done(taken.get(4).epoch(), taken.get(4).envelope().getDeliveryTag());
        link.close();

        // The first two are one run; the fifth is done too, but comes again, since the third and fourth are not.
        await().atMost(SOON).until(() -> messages() == 6);
    }

    @Test
    void shouldTakeAnewWhatTheBrokerTookBackAndDropItsOldTags() throws Exception {
        publish(3);
        takeUntil(3);
        var old = List.copyOf(taken);
        taken.clear();

        // Nobody acknowledges, as while Kafka is away: the broker closes the channel.
        takeUntil(3);

        assertThat(taken).allMatch(message -> message.epoch() > old.get(0).epoch());
        assertThat(taken).allMatch(link::isCurrent);
        assertThat(old).noneMatch(link::isCurrent);
        old.forEach(message -> link.done(message.epoch(), message.envelope().getDeliveryTag()));
        link.done(taken.get(0).epoch(), taken.get(0).envelope().getDeliveryTag());
        link.close();
        await().atMost(SOON).until(() -> messages() == 2);
        assertThat(link.failure()).isEmpty();
    }

    @Test
    void shouldConsumeAgainAfterTheBrokerWasKilled() throws Exception {
        takeUntilConsuming();
        // A broker that is killed knows only the queues that its log had: it writes what was declared every two
        // seconds.
        TimeUnit.SECONDS.sleep(3);
        SharedBroker.stack().process(Part.RABBITMQ).kill();
        SharedBroker.stack().process(Part.RABBITMQ).restart();
        connection = factory().newConnection();
        channel = connection.createChannel();
        publish(1);

        takeUntil(1);

        assertThat(link.isCurrent(taken.get(0))).isTrue();
    }

    @Test
    void shouldFailWithAReasonOnceItsPatienceWithARefusalIsOver() throws Exception {
        takeUntilConsuming();

        channel.queueDelete(queue);

        await().atMost(SOON).until(() -> link.failure().isPresent());
        assertThat(link.failure().orElseThrow())
                .hasMessageContaining(queue)
                .hasMessageContaining("NOT_FOUND")
                .hasMessageContaining("rabbitmq.declare=true");
    }

    private void takeUntilConsuming() {
        await().atMost(SOON).until(() -> channel.queueDeclarePassive(queue).getConsumerCount() == 1);
    }

    private void takeUntil(int count) {
        await().atMost(SOON).until(() -> {
            link.take(taken, PREFETCH, Duration.ofMillis(100));
            return taken.size() >= count;
        });
    }

    private void publish(int count) throws Exception {
        channel.confirmSelect();
        for (var number = 0; number < count; number++) {
            channel.basicPublish("", queue, null, new byte[] {(byte) number});
        }
        channel.waitForConfirms(SOON.toMillis());
    }

    private int messages() throws Exception {
        return channel.queueDeclarePassive(queue).getMessageCount();
    }

    private QueueLink link() throws Exception {
        var opened = new QueueLink(
                factory(),
                new LinkSettings("test", queue, PREFETCH, Optional.empty(), Duration.ofSeconds(1)),
                new ExponentialBackoff(100, 2, 1_000, 0.2));
        opened.open();
        return opened;
    }

    private static ConnectionFactory factory() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(SharedBroker.stack().rabbitMqUrl());
        factory.setAutomaticRecoveryEnabled(false);
        return factory;
    }
}
