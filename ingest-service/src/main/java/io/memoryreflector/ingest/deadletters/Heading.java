package io.memoryreflector.ingest.deadletters;

/**
 * What a list shows of a letter, and what filters look at.
 *
 * @param id of the dead letter; the same however often its record is parked
 * @param component who parked it: {@code streams-reflector} or a connector's name
 */
record Heading(
        String id,
        Place place,
        SourceRecord source,
        Subject subject,
        Failure failure,
        String component,
        Handover handover) {}
