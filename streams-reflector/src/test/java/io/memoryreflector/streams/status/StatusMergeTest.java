package io.memoryreflector.streams.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class StatusMergeTest {

    private static final Instant AT = Instant.parse("2026-05-02T10:00:00Z");
    private static final List<Tier> TIERS = List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    /** The lanes commit on their own; however their outcomes fall between each other, the end is the same. */
    @Property
    void theEndDoesNotDependOnHowTheLanesInterleave(
            @ForAll @Size(max = 6) List<ReflectionState> episodic,
            @ForAll @Size(max = 6) List<ReflectionState> semantic,
            @ForAll @Size(max = 6) List<ReflectionState> procedural,
            @ForAll Random random) {
        var lanes = List.of(episodic, semantic, procedural);

        var interleaved = merged(lanes, random);

        var oneAfterTheOther = merged(lanes, null);
        assertThat(interleaved.getTiers()).isEqualTo(oneAfterTheOther.getTiers());
        assertThat(interleaved.getState()).isEqualTo(oneAfterTheOther.getState());
        assertThat(interleaved.getRevision()).isEqualTo(oneAfterTheOther.getRevision());
    }

    /** Final means that no tier has anything left to do. */
    @Property
    void itIsFinalOnceEachTierIs(@ForAll @Size(3) List<ReflectionState> states) {
        var overall = merged(states.stream().map(List::of).toList(), null).getState();

        var failed =
                states.stream().filter(state -> state == ReflectionState.FAILED).count();
        var done = states.stream()
                .filter(state -> state == ReflectionState.COMPLETED || state == ReflectionState.SKIPPED)
                .count();
        if (states.stream().allMatch(state -> state == ReflectionState.SKIPPED)) {
            assertThat(overall).isEqualTo(ReflectionState.SKIPPED);
        } else if (failed + done < states.size()) {
            assertThat(overall).isIn(ReflectionState.QUEUED, ReflectionState.RETRYING);
        } else if (failed == 0) {
            assertThat(overall).isEqualTo(ReflectionState.COMPLETED);
        } else {
            assertThat(overall).isEqualTo(failed == 1 ? ReflectionState.PARTIAL : ReflectionState.FAILED);
        }
    }

    /** @param random says whose turn it is; null for one lane after the other */
    private static ReflectionStatus merged(List<List<ReflectionState>> lanes, Random random) {
        var waiting = new ArrayList<ArrayDeque<TierStatus>>();
        for (int lane = 0; lane < TIERS.size(); lane++) {
            var statuses = new ArrayDeque<TierStatus>();
            for (var state : lanes.get(lane)) {
                statuses.add(tier(TIERS.get(lane), state));
            }
            waiting.add(statuses);
        }
        var status = StatusMerge.merge(null, outcome(tier(Tier.UNKNOWN, ReflectionState.QUEUED)));
        while (true) {
            waiting.removeIf(ArrayDeque::isEmpty);
            if (waiting.isEmpty()) {
                return status;
            }
            var next = waiting.get(random == null ? 0 : random.nextInt(waiting.size()));
            status = StatusMerge.merge(status, outcome(next.poll()));
        }
    }

    private static TierStatus tier(Tier tier, ReflectionState state) {
        return TierStatus.newBuilder()
                .setTier(tier)
                .setState(state)
                .setUpdatedAt(AT)
                .build();
    }

    private static ReflectionOutcome outcome(TierStatus tier) {
        return ReflectionOutcome.newBuilder()
                .setInteractionId("i1")
                .setNamespace("default")
                .setUserId("ada")
                .setOccurredAt(AT)
                .setReceivedAt(AT)
                .setTier(tier)
                .build();
    }
}
