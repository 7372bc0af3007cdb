package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.erasure.Handed;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which letters an erasure covers: those whose record was handed over before it, also if it was parked, or parked once
 * more, long after. Poison counts as its key's user's. Thread-safe.
 */
final class ForgottenLetters implements Predicate<Heading> {

    private static final Logger LOG = LoggerFactory.getLogger(ForgottenLetters.class);

    private final Erasures erasures;
    private final Function<SourceRecord, Optional<Instant>> sourceTimes;

    /** @param sourceTimes of a record; empty if its topic has it no more */
    ForgottenLetters(Erasures erasures, Function<SourceRecord, Optional<Instant>> sourceTimes) {
        this.erasures = erasures;
        this.sourceTimes = sourceTimes;
    }

    @Override
    public boolean test(Heading heading) {
        var subject = heading.subject();
        if (subject.namespace() == null || subject.userId() == null) {
            return false;
        }
        var user = new UserKey(subject.namespace(), subject.userId()).toString();
        if (!erasures.touches(user)) {
            return false;
        }
        var parkedAt = heading.place().parkedAt();
        if (heading.handover().at() != null) {
            return erasures.covers(handed(user, heading, heading.handover().at()));
        }
        // The record is at least as old as its letter; only where that does not settle it, its topic is asked.
        return erasures.covers(handed(user, heading, parkedAt))
                || erasures.covers(handed(user, heading, Instant.EPOCH))
                        && erasures.covers(handed(user, heading, handedAt(heading.source())));
    }

    private Instant handedAt(SourceRecord source) {
        try {
            return sourceTimes.apply(source).orElse(Instant.EPOCH);
        } catch (KafkaException e) {
            LOG.warn("{} is left out, since it cannot be told when it was handed over: {}", source.id(), e.toString());
            return Instant.EPOCH;
        }
    }

    private static Handed handed(String user, Heading heading, Instant at) {
        var interaction = heading.subject().interactionId();
        return new Handed(
                user,
                heading.handover().sessionId(),
                heading.handover().source(),
                interaction == null ? Set.of() : Set.of(interaction),
                null,
                at);
    }
}
