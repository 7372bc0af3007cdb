package io.memoryreflector.store.recall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Vectors of one model, each at a place of its own, in pages that hold the first number of each vector side by side, then
 * the second of each, and so on: the processor then compares several vectors with a question at a step, which it cannot
 * where the numbers of one vector stand side by side and have to be summed up in their order. Immutable.
 */
final class VectorPages {

    /** Of no model yet: the first vectors that come say of which. */
    static final VectorPages NONE = new VectorPages("", 0, new float[0][], 0);

    /** Vectors of a page: what is added copies the last page, and a step should have enough to do. */
    static final int PAGE = 256;

    /** Dimensions that are taken at once, so that the sums are read and written as much more seldom. */
    private static final int AT_ONCE = 4;

    private final String model;
    private final int dimensions;
    private final float[][] pages;
    private final int size;

    private VectorPages(String model, int dimensions, float[][] pages, int size) {
        this.model = model;
        this.dimensions = dimensions;
        this.pages = pages;
        this.size = size;
    }

    /** Whether these are vectors of that model and length. */
    boolean areOf(String ofModel, int length) {
        return dimensions == length && model.equals(ofModel);
    }

    /** Places that were ever taken. */
    int size() {
        return size;
    }

    /** Gives new vectors their places, behind those that are taken. Belongs to one thread. */
    static final class Additions {
        private final List<float[]> added = new ArrayList<>();
        private VectorPages pages;

        Additions(VectorPages pages) {
            this.pages = pages;
        }

        /** The place of a vector; {@link Entry#NO_PLACE} for none, and for one of another model or length. */
        int place(String model, float[] vector) {
            if (vector.length > 0 && pages == NONE) {
                pages = new VectorPages(model, vector.length, new float[0][], 0);
            }
            if (!pages.areOf(model, vector.length) || vector.length == 0) {
                return Entry.NO_PLACE;
            }
            added.add(vector);
            return pages.size + added.size() - 1;
        }

        /** The pages with all that got a place. */
        VectorPages pages() {
            return pages.with(added);
        }
    }

    private VectorPages with(List<float[]> vectors) {
        if (vectors.isEmpty()) {
            return this;
        }
        var grown = size + vectors.size();
        var next = Arrays.copyOf(pages, (grown + PAGE - 1) / PAGE);
        var first = size / PAGE;
        for (int page = first; page < next.length; page++) {
            next[page] = page < pages.length ? pages[page].clone() : new float[PAGE * dimensions];
        }
        for (int i = 0; i < vectors.size(); i++) {
            var page = next[(size + i) / PAGE];
            var vector = vectors.get(i);
            for (int dimension = 0, at = (size + i) % PAGE; dimension < dimensions; dimension++, at += PAGE) {
                page[at] = vector[dimension];
            }
        }
        return new VectorPages(model, dimensions, next, grown);
    }

    /** The dot product of a vector of this length with the vector at each place. */
    float[] products(float[] question) {
        var products = new float[pages.length * PAGE];
        var sums = new float[PAGE];
        for (int page = 0; page < pages.length; page++) {
            Arrays.fill(sums, 0);
            var dimension = 0;
            for (; dimension + AT_ONCE <= dimensions; dimension += AT_ONCE) {
                add(sums, pages[page], dimension, question);
            }
            for (; dimension < dimensions; dimension++) {
                addOne(sums, pages[page], dimension, question[dimension]);
            }
            System.arraycopy(sums, 0, products, page * PAGE, PAGE);
        }
        return products;
    }

    private static void add(float[] sums, float[] page, int dimension, float[] question) {
        var first = question[dimension];
        var second = question[dimension + 1];
        var third = question[dimension + 2];
        var fourth = question[dimension + 3];
        var at = dimension * PAGE;
        for (int i = 0; i < PAGE; i++) {
            sums[i] += first * page[at + i]
                    + second * page[at + PAGE + i]
                    + third * page[at + 2 * PAGE + i]
                    + fourth * page[at + 3 * PAGE + i];
        }
    }

    private static void addOne(float[] sums, float[] page, int dimension, float number) {
        var at = dimension * PAGE;
        for (int i = 0; i < PAGE; i++) {
            sums[i] += number * page[at + i];
        }
    }
}
