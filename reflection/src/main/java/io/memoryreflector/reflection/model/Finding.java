package io.memoryreflector.reflection.model;

import java.util.List;

/**
 * What a model found in one interaction for one tier.
 *
 * @param vectors one for each thing found, or none as long as they are not made
 */
record Finding(List<? extends Found> found, List<float[]> vectors) {

    static Finding withoutVectors(List<? extends Found> found) {
        return new Finding(List.copyOf(found), List.of());
    }

    boolean hasVectors() {
        return vectors.size() == found.size();
    }
}
