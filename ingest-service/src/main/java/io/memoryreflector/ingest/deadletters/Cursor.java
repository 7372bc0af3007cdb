package io.memoryreflector.ingest.deadletters;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Where a page ended, as a text that is opaque to whoever carries it. */
final class Cursor {

    private Cursor() {}

    static String of(Place place) {
        var plain = place.parkedAt().toEpochMilli() + " " + place.partition() + " " + place.offset();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws IllegalArgumentException on a text that is no cursor of ours */
    static Place parse(String text) {
        var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ");
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a cursor");
        }
        return new Place(
                Integer.parseInt(parts[1]), Long.parseLong(parts[2]), Instant.ofEpochMilli(Long.parseLong(parts[0])));
    }
}
