package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.Tier;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which letters are meant; what is empty matches all.
 *
 * @param error a part of the error's class or message, in any case
 * @param topic that the record came from
 * @param from parked at or after
 * @param to parked before
 */
record LetterFilter(
        LetterState state,
        Optional<Tier> tier,
        Optional<Pattern> error,
        Optional<String> userId,
        Optional<String> namespace,
        Optional<String> topic,
        Optional<Instant> from,
        Optional<Instant> to) {

    /** The pattern that finds a text, in any case. */
    static Pattern containing(String text) {
        return Pattern.compile(text, Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** The same filter in these namespaces: empty is all. */
    LetterFilter in(Optional<String> scope) {
        return new LetterFilter(state, tier, error, userId, scope, topic, from, to);
    }

    boolean matches(Entry entry) {
        var subject = entry.heading().subject();
        var failure = entry.heading().failure();
        return entry.state() == state
                && equal(tier, subject.tier())
                && equal(userId, subject.userId())
                && equal(namespace, subject.namespace())
                && equal(topic, entry.heading().source().topic())
                && from.map(time -> !entry.place().parkedAt().isBefore(time)).orElse(true)
                && to.map(time -> entry.place().parkedAt().isBefore(time)).orElse(true)
                && error.map(text -> found(text, failure.errorClass()) || found(text, failure.message()))
                        .orElse(true);
    }

    private static boolean equal(Optional<?> wanted, Object found) {
        return wanted.isEmpty() || wanted.get().equals(found);
    }

    private static boolean found(Pattern text, String where) {
        return where != null && text.matcher(where).find();
    }
}
