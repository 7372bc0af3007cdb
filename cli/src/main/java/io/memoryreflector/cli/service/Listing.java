package io.memoryreflector.cli.service;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A list of the service, read page by page. Thread-safe. */
public final class Listing {

    private static final int PAGE = 100;

    private final MemoryService service;

    /** @param service that is asked */
    public Listing(MemoryService service) {
        this.service = service;
    }

    /**
     * Hands over up to so many entries, in the service's order.
     *
     * @param field of the answer that holds the entries
     * @return how many there are in all, as the last page said
     * @throws ServiceFailure where a page is missing; what came before it is handed over
     */
    public long read(Resource resource, String field, int limit, Consumer<JsonNode> entries) {
        var left = limit;
        String cursor = null;
        while (true) {
            var page = service.get(resource.with("limit", Math.min(left, PAGE)).with("cursor", cursor))
                    .json();
            var found = page.path(field);
            for (var entry : found) {
                entries.accept(entry);
            }
            left -= found.size();
            cursor = page.path("next_cursor").asString("");
            if (left <= 0 || found.isEmpty() || cursor.isEmpty()) {
                return page.path("total").asLong(0);
            }
        }
    }
}
