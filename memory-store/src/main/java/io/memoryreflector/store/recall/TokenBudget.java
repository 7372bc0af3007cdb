package io.memoryreflector.store.recall;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Stops a list before its texts are longer than a prompt has room for. Pure. */
final class TokenBudget {

    /** About that of English in the usual models. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private TokenBudget() {}

    static List<RecalledItem> cut(List<RecalledItem> items, OptionalInt maxTokens) {
        if (maxTokens.isEmpty()) {
            return items;
        }
        var tokens = 0;
        var fitting = new ArrayList<RecalledItem>();
        for (var item : items) {
            tokens += Math.max(1, item.memory().text().length() / CHARACTERS_PER_TOKEN);
            if (tokens > maxTokens.getAsInt()) {
                break;
            }
            fitting.add(item);
        }
        return fitting;
    }
}
