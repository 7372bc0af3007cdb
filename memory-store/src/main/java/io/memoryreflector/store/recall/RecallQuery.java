package io.memoryreflector.store.recall;

import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A question to one user's memories.
 *
 * @param vector of the question, of unit length; memories of another model are ranked by their words alone
 * @param vectorModel that made the vector
 * @param limit of items, at least 1
 * @param asOf answers as the memory stood then, by event time
 * @param maxTokens stops before the items' texts are longer than about this
 * @param askedAt what "yesterday" in the question is the day before of
 */
public record RecallQuery(
        UserKey user,
        String text,
        Optional<float[]> vector,
        String vectorModel,
        int limit,
        Set<Tier> tiers,
        Optional<Instant> asOf,
        OptionalInt maxTokens,
        Instant askedAt) {}
