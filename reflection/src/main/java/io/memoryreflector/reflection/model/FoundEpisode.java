package io.memoryreflector.reflection.model;

import java.util.List;

/** A model's account of an interaction. */
record FoundEpisode(String summary, List<String> entities, double importance) implements Found {
    @Override
    public String text() {
        return summary;
    }
}
