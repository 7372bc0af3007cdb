package io.memoryreflector.benchmarks.before;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import io.memoryreflector.benchmarks.ingest.BareEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * Takes an interaction as the queue-based design does: what was said goes to Redis and a persistent job to RabbitMQ, and the
 * caller has an answer once the broker has confirmed it. Channels are pooled, one for each request that is under way.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class QueueEndpoint {

    static final String QUEUE = "bench_reflection_queue";

    private static final int CHANNELS = 64;
    private static final long CONFIRM_MS = 10_000;
    private static final int DAY_S = 86_400;

    /** Takes the port and the addresses of RabbitMQ and Redis as its arguments; ends with its process. */
    public static void main(String[] args) {
        BareEndpoint.start(QueueEndpoint.class, args[0], Map.of("bench.rabbitmq", args[1], "bench.redis", args[2]));
    }

    @Bean(destroyMethod = "close")
    Connection connection(@Value("${bench.rabbitmq}") String url) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(url);
        return factory.newConnection();
    }

    @Bean
    BlockingQueue<Channel> channels(Connection connection) throws IOException {
        var channels = new ArrayBlockingQueue<Channel>(CHANNELS);
        for (var i = 0; i < CHANNELS; i++) {
            var channel = connection.createChannel();
            channel.queueDeclare(QUEUE, true, false, false, null);
            channel.confirmSelect();
            channels.add(channel);
        }
        return channels;
    }

    @Bean(destroyMethod = "close")
    UnifiedJedis redis(@Value("${bench.redis}") String url) {
        return RedisClient.create(URI.create(url));
    }

    @Bean
    RouterFunction<ServerResponse> taken(BlockingQueue<Channel> channels, UnifiedJedis redis) {
        return RouterFunctions.route()
                .POST("/api/v1/interactions", request -> {
                    var body = request.body(byte[].class);
                    var id = UUID.randomUUID().toString();
                    redis.set(
                            "bench:" + id,
                            new String(body, StandardCharsets.UTF_8),
                            SetParams.setParams().ex(DAY_S));
                    publish(channels, body);
                    return ServerResponse.status(HttpStatus.ACCEPTED)
                            .body(Map.of("status", "queued_reflection", "interaction_id", id));
                })
                .build();
    }

    private static void publish(BlockingQueue<Channel> channels, byte[] body) throws Exception {
        var channel = channels.take();
        try {
            channel.basicPublish("", QUEUE, MessageProperties.PERSISTENT_BASIC, body);
            channel.waitForConfirmsOrDie(CONFIRM_MS);
        } finally {
            channels.add(channel);
        }
    }
}
