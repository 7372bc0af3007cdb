package io.memoryreflector.ingest.deadletters;

/** What has become of a dead letter since it was parked last. */
enum LetterState {
    /** Nobody has done anything about it. */
    PARKED,
    /** It was sent to its source topic again and has not come back. */
    REPLAYED,
    /** It was put aside for good. */
    DISCARDED
}
