package io.memoryreflector.ingest.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.memoryreflector.ingest.problem.RequestProblem;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;

/** Bounds wrong credentials by the address that sends them; an IPv6 network of 64 bits counts as one. Thread-safe. */
final class FailedLogins {

    private static final int A_MINUTE = 30;
    private static final int MAX_ADDRESSES = 10_000;
    private static final int NETWORK_BYTES = 8;

    private final Cache<String, Bucket> left = Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    /** @throws RequestProblem 429 if the address has used its failures up */
    void check(String address) {
        var bucket = left.getIfPresent(network(address));
        if (bucket != null && bucket.getAvailableTokens() == 0) {
            throw RequestProblem.tooMany(
                    "Too many wrong credentials from this address.", Duration.ofSeconds(60 / A_MINUTE));
        }
    }

    /** Counts one more. */
    void failed(String address) {
        left.get(network(address), FailedLogins::bucket).tryConsume(1);
    }

    private static Bucket bucket(String network) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(A_MINUTE).refillGreedy(A_MINUTE, Duration.ofMinutes(1)))
                .build();
    }

    private static String network(String address) {
        try {
            // A literal, which is never looked up.
            return InetAddress.getByName(address) instanceof Inet6Address six
                    ? Arrays.toString(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
