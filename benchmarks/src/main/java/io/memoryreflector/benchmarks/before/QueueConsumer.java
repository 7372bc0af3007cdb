package io.memoryreflector.benchmarks.before;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import io.memoryreflector.benchmarks.measure.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Takes four jobs at a time from RabbitMQ and asks the model for the three tiers of each, one after the other. */
public final class QueueConsumer {

    private static final int PREFETCH = 4;
    private static final List<String> TIERS = List.of("episodic", "semantic", "procedural");
    private static final Duration CALL = Duration.ofSeconds(60);

    private final String rabbitMqUrl;
    private final URI chat;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong answered = new AtomicLong();

    /** Of this broker and this model. */
    public QueueConsumer(String rabbitMqUrl, URI modelBaseUrl) {
        this.rabbitMqUrl = rabbitMqUrl;
        this.chat = URI.create(modelBaseUrl + "/chat/completions");
    }

    /** Calls a second, while there is always something in the queue. */
    public Sample run(Duration time) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(rabbitMqUrl);
        var workers = Executors.newFixedThreadPool(PREFETCH);
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            channel.queueDeclare(QueueEndpoint.QUEUE, true, false, false, null);
            for (var job = 0; job < PREFETCH * (time.toSeconds() + 2); job++) {
                channel.basicPublish("", QueueEndpoint.QUEUE, MessageProperties.PERSISTENT_BASIC, new byte[1_024]);
            }
            channel.basicQos(PREFETCH);
            channel.basicConsume(QueueEndpoint.QUEUE, false, new Worker(channel, workers));
            var before = answered.get();
            var begun = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            return Sample.perSecond(answered.get() - before, System.nanoTime() - begun);
        } finally {
            workers.shutdownNow();
        }
    }

    private void ask(String tier) throws IOException, InterruptedException {
        var body = """
                {"model": "stub", "messages": [{"role": "system", "content": "Extract."}, {"role": "user", "content": \
                "{\\"tier\\": \\"%s\\", \\"known\\": [], \\"interactions\\": []}"}]}
                """.formatted(tier);
        var request = HttpRequest.newBuilder(chat)
                .timeout(CALL)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)))
                .build();
        if (http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
            answered.incrementAndGet();
        }
    }

    private final class Worker extends DefaultConsumer {

        private final ExecutorService workers;

        Worker(Channel channel, ExecutorService workers) {
            super(channel);
            this.workers = workers;
        }

        @Override
        public void handleDelivery(String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
            workers.execute(() -> {
                try {
                    for (var tier : TIERS) {
                        ask(tier);
                    }
                    synchronized (this) {
                        getChannel().basicAck(envelope.getDeliveryTag(), false);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }
}
