package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import io.memoryreflector.ingest.shadows.Remembered.Group;
import io.memoryreflector.schemas.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has to happen to one user's memories so that the shadow's take the place of those in use: pure. A tier of an
 * interaction changes as a whole or not at all. Of what has happened already nothing is left to do.
 */
final class UserPlan {

    private static final Set<ReflectionState> UNDER_WAY =
            Set.of(ReflectionState.QUEUED, ReflectionState.RETRYING, ReflectionState.UNKNOWN);

    /** What becomes of one tier of one interaction. */
    enum Verdict {
        /** The shadow's memories take the place of those in use. */
        SWITCHED,
        /** A person has deleted or changed a memory of it: all of it stays as it is. */
        KEPT,
        /** One of the two reflectors has not ended with it: it stays as it is for now. */
        WAITING,
        /** The live reflector is the shadow's by now, and made it itself. */
        OWN
    }

    /**
     * A memory of the shadow that is to be in use.
     *
     * @param id as which it is in use: a shadow's own ids may be those of memories that were in use before
     * @param supersedes what it ends, by the ids in use
     */
    record Copy(Remembered memory, String id, List<String> supersedes) {}

    /**
     * One tier of one interaction.
     *
     * @param same memories in use that say what the shadow's say
     * @param added to those in use; not there unless it is switched, as are the others
     * @param retired in use, to be so no more
     */
    record Part(Group group, Verdict verdict, List<Remembered> same, List<Copy> added, List<Remembered> retired) {}

    private final OfUser user;
    private final String run;
    private final Map<Group, List<Remembered>> live = new HashMap<>();
    private final Map<Group, List<Remembered>> shadow = new HashMap<>();
    private final Set<Group> byHand = new HashSet<>();
    private final Set<Group> replaced = new HashSet<>();
    private final Map<String, String> inUse = new HashMap<>();
    private final Set<String> retired = new HashSet<>();
    private final List<Part> parts = new ArrayList<>();

    private UserPlan(OfUser user, Forgotten forgotten, String run) {
        this.user = user;
        this.run = run;
        var deleted = Set.copyOf(forgotten.deletedByHand(user.user()));
        for (var memory : user.live()) {
            if (deleted.contains(memory.id()) || user.amended().contains(memory.id())) {
                byHand.add(memory.group());
            }
            if (forgotten.covers(memory.handed())) {
                if (!forgotten.coversByHand(memory.handed())) {
                    replaced.add(memory.group());
                }
            } else {
                live.computeIfAbsent(memory.group(), group -> new ArrayList<>()).add(memory);
            }
        }
        for (var memory : user.shadow()) {
            if (!forgotten.coversByHand(memory.handed())) {
                shadow.computeIfAbsent(memory.group(), group -> new ArrayList<>())
                        .add(memory);
            }
        }
    }

    /**
     * Plans for a user.
     *
     * @param run tells this shadow from all others, also from an earlier one of its name
     */
    static UserPlan of(OfUser user, Forgotten forgotten, String run) {
        var plan = new UserPlan(user, forgotten, run);
        plan.groups().forEach(plan::plan);
        return plan;
    }

    /** The oldest first. */
    List<Part> parts() {
        return parts;
    }

    /** Ids in use by the shadow's own; of what stays as it is, those that say the same. */
    Map<String, String> inUse() {
        return inUse;
    }

    /** The id as which a shadow's memory is in use. */
    static String promotedId(String run, String memoryId) {
        return Ids.nameBased("promoted", run, memoryId);
    }

    /** The oldest first, so that what a memory ends has been looked at before it. */
    private List<Group> groups() {
        var groups = new HashSet<>(live.keySet());
        groups.addAll(shadow.keySet());
        return groups.stream()
                .sorted(Comparator.comparing(this::recordedAt)
                        .thenComparing(Group::interactionId)
                        .thenComparing(Group::tier))
                .toList();
    }

    private Instant recordedAt(Group group) {
        return live.getOrDefault(group, shadow.getOrDefault(group, List.of())).stream()
                .map(memory -> memory.handed().recordedAt())
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private void plan(Group group) {
        var verdict = verdict(group);
        var left = new ArrayList<>(live.getOrDefault(group, List.of()));
        if (verdict != Verdict.SWITCHED) {
            for (var memory : shadow.getOrDefault(group, List.of())) {
                left.stream()
                        .filter(one -> one.content().equals(memory.content()))
                        .findFirst()
                        .ifPresent(one -> inUse.put(memory.id(), one.id()));
            }
            parts.add(new Part(group, verdict, List.of(), List.of(), List.of()));
            return;
        }
        var same = new ArrayList<Remembered>();
        var added = new ArrayList<Copy>();
        for (var memory : shadow.getOrDefault(group, List.of())) {
            var known = alreadyThere(memory, left);
            if (known.isPresent()) {
                left.remove(known.get());
                same.add(known.get());
                inUse.put(memory.id(), known.get().id());
            } else {
                var id = promotedId(run, memory.id());
                inUse.put(memory.id(), id);
                added.add(new Copy(memory, id, supersedes(memory)));
            }
        }
        left.forEach(memory -> retired.add(memory.id()));
        parts.add(new Part(group, verdict, same, added, left));
    }

    /** One that says the same and ends the same, or is the shadow's own from an earlier promotion. */
    private Optional<Remembered> alreadyThere(Remembered memory, List<Remembered> candidates) {
        var promoted = promotedId(run, memory.id());
        return candidates.stream()
                .filter(one -> one.id().equals(promoted))
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(one -> one.content().equals(memory.content()))
                        .filter(one -> one.supersedes().stream().noneMatch(retired::contains))
                        .filter(one -> Set.copyOf(one.supersedes()).equals(Set.copyOf(supersedes(memory))))
                        .findFirst());
    }

    private List<String> supersedes(Remembered memory) {
        return memory.supersedes().stream()
                .map(id -> inUse.getOrDefault(id, id))
                .distinct()
                .toList();
    }

    private Verdict verdict(Group group) {
        if (byHand.contains(group)) {
            return Verdict.KEPT;
        }
        var ours = tier(user.shadowStatus().get(group.interactionId()), group.tier());
        if (ours.filter(it -> it.getState() == ReflectionState.COMPLETED && it.getReflector() != null)
                .isEmpty()) {
            return Verdict.WAITING;
        }
        var status = user.liveStatus().get(group.interactionId());
        var theirs = tier(status, group.tier());
        if (isUnderWay(status, theirs)) {
            return Verdict.WAITING;
        }
        return isOwn(group, theirs, ours.get().getReflector()) ? Verdict.OWN : Verdict.SWITCHED;
    }

    private static boolean isUnderWay(ReflectionStatus status, Optional<TierStatus> tier) {
        return status != null
                && status.getState() != ReflectionState.SKIPPED
                && tier.map(TierStatus::getState).map(UNDER_WAY::contains).orElse(true);
    }

    /** What was promoted is told by its memories alone: the status tells who reflected first. */
    private boolean isOwn(Group group, Optional<TierStatus> status, ReflectorVersion reflector) {
        var memories = live.getOrDefault(group, List.of());
        var madeByIt = status.map(
                        it -> it.getState() == ReflectionState.COMPLETED && reflector.equals(it.getReflector()))
                .orElse(!memories.isEmpty());
        return madeByIt
                && !replaced.contains(group)
                && memories.stream().allMatch(memory -> reflector.equals(memory.reflector()));
    }

    private static Optional<TierStatus> tier(ReflectionStatus status, Tier tier) {
        return status == null
                ? Optional.empty()
                : status.getTiers().stream().filter(it -> it.getTier() == tier).findFirst();
    }
}
