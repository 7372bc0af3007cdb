package io.memoryreflector.streams.status;

import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.Tier;
import io.memoryreflector.events.TierStatus;
import java.util.ArrayList;
import java.util.List;

/** What an interaction's status becomes when one tier reports: pure. */
final class StatusMerge {

    private static final List<Tier> TIERS = List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    private StatusMerge() {}

    /**
     * @param current null for an interaction that was not heard of yet
     * @param outcome of one tier, or of tier UNKNOWN when the intake queued or skipped all three
     */
    static ReflectionStatus merge(ReflectionStatus current, ReflectionOutcome outcome) {
        var reported = outcome.getTier();
        var tiers = new ArrayList<TierStatus>(TIERS.size());
        for (var tier : TIERS) {
            tiers.add(reported.getTier() == tier ? reported : known(current, tier, reported));
        }
        return ReflectionStatus.newBuilder()
                .setInteractionId(outcome.getInteractionId())
                .setNamespace(outcome.getNamespace())
                .setUserId(outcome.getUserId())
                .setSessionId(outcome.getSessionId())
                .setOccurredAt(outcome.getOccurredAt())
                .setReceivedAt(current == null ? outcome.getReceivedAt() : current.getReceivedAt())
                .setSource(
                        outcome.getSource() == Source.UNKNOWN && current != null
                                ? current.getSource()
                                : outcome.getSource())
                .setUpdatedAt(reported.getUpdatedAt())
                .setRevision(current == null ? 1 : current.getRevision() + 1)
                .setTiers(tiers)
                .setState(overall(tiers))
                .build();
    }

    /**
     * COMPLETED with three of three, PARTIAL with two of three, FAILED below; RETRYING or QUEUED meanwhile; SKIPPED where
     * none was to be reflected.
     */
    static ReflectionState overall(List<TierStatus> tiers) {
        if (tiers.stream().allMatch(tier -> tier.getState() == ReflectionState.SKIPPED)) {
            return ReflectionState.SKIPPED;
        }
        var completed = 0;
        var failed = 0;
        var retrying = false;
        for (var tier : tiers) {
            switch (tier.getState()) {
                case COMPLETED, SKIPPED -> completed++;
                case FAILED -> failed++;
                case RETRYING -> retrying = true;
                case QUEUED, PARTIAL, UNKNOWN -> {}
            }
        }
        if (completed + failed < tiers.size()) {
            return retrying ? ReflectionState.RETRYING : ReflectionState.QUEUED;
        }
        return switch (failed) {
            case 0 -> ReflectionState.COMPLETED;
            case 1 -> ReflectionState.PARTIAL;
            default -> ReflectionState.FAILED;
        };
    }

    private static TierStatus known(ReflectionStatus current, Tier tier, TierStatus reported) {
        if (current != null) {
            for (var status : current.getTiers()) {
                if (status.getTier() == tier) {
                    return status;
                }
            }
        }
        return TierStatus.newBuilder()
                .setTier(tier)
                .setState(reported.getTier() == Tier.UNKNOWN ? reported.getState() : ReflectionState.QUEUED)
                .setUpdatedAt(reported.getUpdatedAt())
                .build();
    }
}
