package io.memoryreflector.store.status;

import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.StateSerde;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** What the log has told of many interactions at once, whether or not it is recallable yet. Thread-safe. */
public final class KnownStates {

    private static final byte[] USER = "user".getBytes(StandardCharsets.UTF_8);
    private static final byte[] STATUS = "status".getBytes(StandardCharsets.UTF_8);

    private final UnifiedJedis redis;
    private final Deserializer<ReflectionStatus> deserializer =
            StateSerde.<ReflectionStatus>of(ReflectionStatus.SCHEMA$).deserializer();

    /** @param redis stays the caller's to close */
    public KnownStates(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** The states of those of a user's interactions whose status is known, in one round trip. */
    public Map<String, ReflectionState> of(UserKey user, Collection<String> interactionIds) {
        var answers = new HashMap<String, Response<List<byte[]>>>();
        try (var pipeline = redis.pipelined()) {
            for (var id : interactionIds) {
                var key = StatusBoard.interactionKey(id).getBytes(StandardCharsets.UTF_8);
                answers.put(id, pipeline.hmget(key, USER, STATUS));
            }
            pipeline.sync();
        }
        var states = new HashMap<String, ReflectionState>();
        answers.forEach((id, answer) -> {
            var owner = answer.get().get(0);
            if (owner != null && user.toString().equals(new String(owner, StandardCharsets.UTF_8))) {
                var status = deserializer.deserialize("", answer.get().get(1));
                states.put(id, status == null ? ReflectionState.QUEUED : status.getState());
            }
        });
        return states;
    }
}
