package io.memoryreflector.reflection.model;

import io.memoryreflector.state.KnownFact;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of two facts closes the other. The time at which they were said decides, never the order in which they arrived:
 * what was said before a known fact is history, and closes nothing.
 *
 * @param validTo when the new fact stopped being true, if it did
 * @param supersedes ids of known facts that the new one closes
 */
record Succession(Optional<Instant> validTo, List<String> supersedes) {

    /**
     * @param replaced known facts that the new one stands against
     * @param said when the new one was said
     * @param ended whether it was said that it no longer holds
     */
    static Succession of(List<KnownFact> replaced, Instant said, boolean ended) {
        var later = replaced.stream().map(KnownFact::getValidFrom).filter(from -> from.isAfter(said));
        var end = ended ? Stream.of(said) : Stream.<Instant>empty();
        return new Succession(
                Stream.concat(later, end).min(Instant::compareTo),
                replaced.stream()
                        .filter(known -> !known.getValidFrom().isAfter(said))
                        .map(KnownFact::getMemoryId)
                        .toList());
    }
}
