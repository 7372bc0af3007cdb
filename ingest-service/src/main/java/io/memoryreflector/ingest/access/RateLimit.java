package io.memoryreflector.ingest.access;

/**
 * How much one credential may ask for.
 *
 * @param perMinute requests a minute in the long run
 * @param burst requests at once
 */
record RateLimit(int perMinute, int burst) {

    /** A thousand a second: above what one program sends, below what a loop gone wild does. */
    static final RateLimit DEFAULT = new RateLimit(60_000, 2_000);
}
