package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.events.Source;
import java.time.Instant;

/**
 * When and how the parked record was handed over, as far as it tells.
 *
 * @param sessionId null where it names none
 * @param at null where the record itself does not say
 */
record Handover(String sessionId, Source source, Instant at) {

    static final Handover UNKNOWN = new Handover(null, Source.UNKNOWN, null);
}
