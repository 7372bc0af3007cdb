package io.memoryreflector.reflection.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers of this process by what was asked about, so that the same text under other ids asks nothing. Users do not share
 * answers. Thread-safe.
 */
final class AnswerCache {

    private final Cache<Key, Finding> findings;
    private final String version;

    /** How often something of a user was to be forgotten; an answer to a question from before is not kept. */
    private final Map<UserKey, Integer> forgettings = new ConcurrentHashMap<>();

    /**
     * @param entries of one task and tier each; 0 keeps nothing
     * @param version of prompts and model
     */
    AnswerCache(int entries, String version) {
        // On the calling thread, so that no entry outlives its time in a queue.
        findings = Caffeine.newBuilder()
                .maximumSize(entries)
                .executor(Runnable::run)
                .build();
        this.version = version;
    }

    /**
     * Names an answer.
     *
     * @param user of the task
     * @param content hash of all that a model reads of it
     * @param forgetting how often something of the user had been forgotten when it was asked
     */
    record Key(UserKey user, Tier tier, String version, String content, int forgetting) {

        Key in(Tier other) {
            return new Key(user, other, version, content, forgetting);
        }
    }

    /** The name of the answer to this task in its tier. */
    Key key(ReflectionTask task, Tier tier) {
        var user = new UserKey(task.getNamespace(), task.getUserId());
        return new Key(user, tier, version, content(task), forgettings.getOrDefault(user, 0));
    }

    Optional<Finding> get(Key key) {
        return Optional.ofNullable(findings.getIfPresent(key));
    }

    void put(Key key, Finding finding) {
        findings.asMap().compute(key, (same, before) -> isCurrent(key) ? finding : null);
    }

    /** Drops the answers to what a user said, and those that are on their way. */
    void forget(UserKey user) {
        forgettings.merge(user, 1, Integer::sum);
        findings.asMap().keySet().removeIf(key -> key.user().equals(user));
    }

    private boolean isCurrent(Key key) {
        return forgettings.getOrDefault(key.user(), 0) == key.forgetting();
    }

    private static String content(ReflectionTask task) {
        var sha256 = sha256();
        add(sha256, task.getOccurredAt());
        add(sha256, task.getContext());
        add(sha256, task.getMessages());
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static void add(MessageDigest digest, List<Message> messages) {
        add(digest, messages.size());
        for (var message : messages) {
            add(digest, message.getRole().name());
            add(digest, message.getAuthor() == null ? "" : message.getAuthor());
            add(digest, message.getContent());
            add(digest, message.getSentAt());
        }
    }

    private static void add(MessageDigest digest, Instant time) {
        digest.update(
                ByteBuffer.allocate(Long.BYTES).putLong(time.toEpochMilli()).flip());
    }

    private static void add(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        add(digest, bytes.length);
        digest.update(bytes);
    }

    private static void add(MessageDigest digest, int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
