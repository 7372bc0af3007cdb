package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.erasure.Handed;
import java.util.Collection;

/**
 * What was to be forgotten, and what of it by a person: a promotion retires memories by erasures too, and those say nothing
 * of what people want. One thread.
 */
final class Forgotten {

    private final Erasures all = new Erasures();
    private final Erasures byHand = new Erasures();

    void add(UserForgotten erasure) {
        all.add(erasure);
        if (!isRetirement(erasure)) {
            byHand.add(erasure);
        }
    }

    /** Whether it is gone, whoever wanted it. */
    boolean covers(Handed handed) {
        return all.covers(handed);
    }

    /** Whether a person wants it forgotten. */
    boolean coversByHand(Handed handed) {
        return byHand.covers(handed);
    }

    /** Memories that a person has deleted one by one. */
    Collection<String> deletedByHand(String user) {
        return byHand.targets(user, ErasureScope.MEMORY);
    }

    /**
     * The erasure that takes one memory out of use, and no copy of it that is recorded later.
     *
     * @param shadow that takes its place
     */
    static UserForgotten retirement(Handed memory, String shadow) {
        var user = UserKey.parse(memory.user());
        return UserForgotten.newBuilder()
                .setErasureId(retirementId(
                        memory.user(), memory.memoryId(), memory.recordedAt().toEpochMilli()))
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setScope(ErasureScope.MEMORY)
                .setTargetId(memory.memoryId())
                .setErasedAt(memory.recordedAt())
                .setReason("another reflector's memories took its place: shadow " + shadow)
                .build();
    }

    /** Nobody else's erasure has such an id. */
    private static boolean isRetirement(UserForgotten erasure) {
        return erasure.getScope() == ErasureScope.MEMORY
                && erasure.getTargetId() != null
                && erasure.getErasureId()
                        .equals(retirementId(
                                new UserKey(erasure.getNamespace(), erasure.getUserId()).toString(),
                                erasure.getTargetId(),
                                erasure.getErasedAt().toEpochMilli()));
    }

    private static String retirementId(String user, String memoryId, long recordedAt) {
        return Ids.nameBased("retired", user, memoryId, Long.toString(recordedAt));
    }
}
