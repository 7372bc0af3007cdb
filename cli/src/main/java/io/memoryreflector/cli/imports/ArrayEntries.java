package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.imports.Entry.Unreadable;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** A JSON array, read item by item. Where it ends to be JSON, reading ends. */
final class ArrayEntries implements Entries {

    private final JsonParser parser;
    private boolean begun;
    private boolean ended;

    ArrayEntries(InputStream in) {
        this.parser = EntryReader.JSON.createParser(in);
    }

    @Override
    public Optional<Entry> next() {
        if (ended) {
            return Optional.empty();
        }
        try {
            if (!begun) {
                begun = true;
                parser.nextToken();
            }
            var token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                return end();
            }
            long line = parser.currentTokenLocation().getLineNr();
            JsonNode value = parser.readValueAsTree();
            return Optional.of(EntryReader.of(line, EntryReader.JSON.writeValueAsBytes(value), value));
        } catch (JacksonException e) {
            ended = true;
            return Optional.of(unreadable("is not JSON: " + EntryReader.reason(e) + "; nothing after it was read"));
        }
    }

    private Optional<Entry> end() {
        ended = true;
        return parser.nextToken() == null
                ? Optional.empty()
                : Optional.of(unreadable("comes after the array's end; nothing after it was read"));
    }

    private Unreadable unreadable(String reason) {
        return new Unreadable(Math.max(1, parser.currentLocation().getLineNr()), new byte[0], reason);
    }
}
