package io.memoryreflector.store.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.schemas.UserKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.message.BadHeaderException;
import org.apache.avro.message.MissingSchemaException;

/**
 * An interaction as the board holds it.
 *
 * @param state as reflected
 * @param awaitsConfirmation whether it is final and its memories are not yet known to be recallable
 */
record HeldStatus(
        String interactionId,
        UserKey user,
        String revision,
        ReflectionState state,
        boolean awaitsConfirmation,
        String sessionId,
        Instant occurredAt,
        Instant receivedAt,
        Instant updatedAt,
        List<TierStatus> tiers) {

    static HeldStatus of(UserKey user, String interactionId, Map<byte[], byte[]> binary) {
        var fields = new HashMap<String, byte[]>();
        binary.forEach((name, value) -> fields.put(new String(name, UTF_8), value));
        var state = text(fields, "state");
        var session = text(fields, "session_id");
        var received = time(fields, "received_at");
        var updated = time(fields, "updated_at");
        return new HeldStatus(
                interactionId,
                user,
                text(fields, "revision"),
                state.isEmpty() ? ReflectionState.QUEUED : ReflectionState.valueOf(state),
                text(fields, "final").equals("1") && !fields.containsKey("counted"),
                session.isEmpty() ? null : session,
                time(fields, "occurred_at"),
                received,
                updated == null ? received : updated,
                tiers(fields.get("status")));
    }

    List<String> memoryIds() {
        return tiers.stream()
                .map(TierStatus::getMemoryIds)
                .flatMap(Collection::stream)
                .toList();
    }

    InteractionStatus published(boolean confirmed) {
        return new InteractionStatus(
                interactionId,
                user,
                sessionId,
                awaitsConfirmation && !confirmed ? ReflectionState.QUEUED : state,
                occurredAt,
                receivedAt,
                updatedAt,
                tiers.stream().map(HeldStatus::tier).toList());
    }

    private static InteractionStatus.TierState tier(TierStatus tier) {
        var error = tier.getError();
        var reflector = tier.getReflector();
        return new InteractionStatus.TierState(
                tier.getTier(),
                tier.getState(),
                tier.getAttempts(),
                tier.getNextAttemptAt(),
                List.copyOf(tier.getMemoryIds()),
                error == null
                        ? null
                        : new InteractionStatus.Failure(
                                error.getKind(), error.getErrorClass(), error.getMessage(), error.getAt()),
                reflector == null
                        ? null
                        : new InteractionStatus.ReflectedBy(
                                reflector.getName(), reflector.getVersion(), reflector.getModel()),
                tier.getTookMs(),
                tier.getUpdatedAt());
    }

    private static List<TierStatus> tiers(byte[] payload) {
        if (payload == null) {
            return List.of();
        }
        try {
            return ReflectionStatus.fromByteBuffer(ByteBuffer.wrap(payload)).getTiers();
        } catch (MissingSchemaException | BadHeaderException e) {
            // Written by a program of another version: the state stands, its details do not.
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Map<String, byte[]> fields, String name) {
        var value = fields.get(name);
        return value == null ? "" : new String(value, UTF_8);
    }

    private static Instant time(Map<String, byte[]> fields, String name) {
        var value = text(fields, name);
        return value.isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(value));
    }
}
