package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.state.FactChange;
import io.memoryreflector.state.FactJudgement;
import io.memoryreflector.state.FactWording;
import io.memoryreflector.state.KnownFact;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What several amendments of one fact come to: pure. */
final class FactChanges {

    private FactChanges() {}

    /** No change of a fact. */
    static FactChange none(String user, KnownFact fact) {
        return FactChange.newBuilder()
                .setUserKey(user)
                .setMemoryId(fact.getMemoryId())
                .setSessionId(fact.getSessionId())
                .setSource(fact.getSource())
                .setInteractionIds(List.copyOf(fact.getInteractionIds()))
                .setRecordedAt(fact.getRecordedAt())
                .build();
    }

    /** No change yet of the fact that an amendment is of. */
    static FactChange of(String user, MemoryAmended amendment) {
        return FactChange.newBuilder()
                .setUserKey(user)
                .setMemoryId(amendment.getMemoryId())
                .setSessionId(amendment.getSessionId())
                .setSource(amendment.getSource())
                .setInteractionIds(amendment.getSources().stream()
                        .map(SourceRef::getInteractionId)
                        .distinct()
                        .toList())
                .setRecordedAt(amendment.getRecordedAt())
                .build();
    }

    /** The same with one amendment more, unless a later one is in it. */
    static FactChange with(FactChange change, MemoryAmended amendment) {
        var id = amendment.getAmendmentId();
        var at = amendment.getAmendedAt();
        var wording = change.getWording();
        if (amendment.getText() != null
                && (wording == null || isLater(at, id, wording.getAmendedAt(), wording.getAmendmentId()))) {
            change.setWording(new FactWording(id, at, amendment.getText()));
        }
        var judgement = change.getJudgement();
        if (amendment.getReleased() != null
                && (judgement == null || isLater(at, id, judgement.getAmendedAt(), judgement.getAmendmentId()))) {
            change.setJudgement(new FactJudgement(id, at, amendment.getReleased()));
        }
        return change;
    }

    /** What an erasure is asked about. */
    static Handed handed(String user, FactChange change) {
        return new Handed(
                user,
                change.getSessionId(),
                change.getSource(),
                Set.copyOf(change.getInteractionIds()),
                change.getMemoryId(),
                change.getRecordedAt());
    }

    /** As the graph orders them. */
    private static boolean isLater(Instant at, String id, Instant before, String beforeId) {
        return at.isAfter(before) || at.equals(before) && id.compareTo(beforeId) > 0;
    }
}
