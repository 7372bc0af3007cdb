package io.memoryreflector.store.recall;

import static io.memoryreflector.store.recall.Loaded.episode;
import static io.memoryreflector.store.recall.Loaded.ids;
import static io.memoryreflector.store.recall.Loaded.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RerankingTest {

    private final UserMemories memories = Loaded.of(List.of(
            episode("a", 1, "violin violin violin"),
            episode("b", 1, "violin and cello"),
            episode("c", 1, "a violin, a cello and much more")));

    @Test
    void shouldGiveARerankerMoreThanTheLimitAndTakeItsOrder() {
        var given = new ArrayList<String>();
        var reversed = reranker(3, candidates -> {
            given.addAll(ids(candidates));
            var turned = new ArrayList<>(candidates);
            Collections.reverse(turned);
            return turned;
        });

        assertThat(ids(rank(reversed, 2))).containsExactly(given.get(2), given.get(1));
        assertThat(given).hasSize(3);
    }

    @Test
    void shouldTakeNothingInThatWasNoCandidate() {
        var foreign = new RecalledItem(episode("of another user", 1, "a secret"), 9, Map.of());

        var items = rank(reranker(0, candidates -> List.of(foreign, candidates.get(0), candidates.get(0))), 3);

        assertThat(ids(items)).isEqualTo(ids(rank(Reranker.NONE, 1)));
    }

    @Test
    void shouldLeaveTheOrderWhereARerankerFails() {
        var failing = reranker(0, candidates -> {
            throw new IllegalStateException("no model");
        });

        assertThat(ids(rank(failing, 3))).isEqualTo(ids(rank(Reranker.NONE, 3)));
    }

    private List<RecalledItem> rank(Reranker reranker, int limit) {
        return new Reranking(reranker)
                .of(query("violin", limit), wider -> Ranker.rank(memories, wider, Weights.STANDARD));
    }

    private interface Order {
        List<RecalledItem> of(List<RecalledItem> candidates);
    }

    private static Reranker reranker(int candidates, Order order) {
        return new Reranker() {
            @Override
            public int candidates() {
                return candidates;
            }

            @Override
            public List<RecalledItem> rerank(RecallQuery query, List<RecalledItem> given) {
                return order.of(given);
            }
        };
    }
}
