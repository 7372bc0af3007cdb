package io.memoryreflector.ingest.transcripts;

import java.time.Instant;
import java.util.Optional;

/**
 * What one speaker said in one go.
 *
 * @param speaker as the text calls them; empty where it does not say
 * @param at when, where the text says it; without an offset it is UTC
 * @param text without the label, lines joined as they stood, never blank
 */
public record Turn(Optional<String> speaker, Optional<Instant> at, String text) {}
