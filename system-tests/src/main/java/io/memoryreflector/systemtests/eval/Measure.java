package io.memoryreflector.systemtests.eval;

import java.util.List;
import java.util.Set;

/** What is measured of a ranking, each 0 to 1. */
enum Measure {
    R5("R@5") {
        @Override
        double of(List<RankedItem> ranked, Set<String> evidence) {
            return RecallScore.at(5, ranked, evidence);
        }
    },
    R10("R@10") {
        @Override
        double of(List<RankedItem> ranked, Set<String> evidence) {
            return RecallScore.at(10, ranked, evidence);
        }
    },
    R25("R@25") {
        @Override
        double of(List<RankedItem> ranked, Set<String> evidence) {
            return RecallScore.at(25, ranked, evidence);
        }
    },
    MRR("MRR") {
        @Override
        double of(List<RankedItem> ranked, Set<String> evidence) {
            return RecallScore.reciprocalRank(ranked, evidence);
        }
    },
    IN_1024_TOKENS("1024t") {
        @Override
        double of(List<RankedItem> ranked, Set<String> evidence) {
            return RecallScore.within(1_024, ranked, evidence);
        }
    };

    private final String label;

    Measure(String label) {
        this.label = label;
    }

    /** As the tables' heads give it. */
    String label() {
        return label;
    }

    abstract double of(List<RankedItem> ranked, Set<String> evidence);
}
