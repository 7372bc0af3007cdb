package io.memoryreflector.store.longterm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ended; opaque to whoever carries it. */
record Cursor(long occurredAt, String memoryId) {

    static Cursor after(Memory memory) {
        return new Cursor(memory.occurredAt().toEpochMilli(), memory.memoryId());
    }

    /** @throws IllegalArgumentException on a text that is no cursor of ours */
    static Cursor parse(String text) {
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            var space = plain.indexOf(' ');
            return new Cursor(Long.parseLong(plain.substring(0, space)), plain.substring(space + 1));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "cursor: got '" + text + "', takes a next_cursor of an earlier answer", e);
        }
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((occurredAt + " " + memoryId).getBytes(StandardCharsets.UTF_8));
    }
}
