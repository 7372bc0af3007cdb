package io.memoryreflector.store.longterm;

import static io.memoryreflector.store.Samples.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a walk over all users asks again and again has to be found by an index. */
class RetiringIT {

    private static final Map<String, Object> PARAMETERS = Map.ofEntries(
            Map.entry("rows", List.of()),
            Map.entry("ids", List.of()),
            Map.entry("keys", List.of()),
            Map.entry("user", "u"),
            Map.entry("prefix", "u/"),
            Map.entry("session", "s"),
            Map.entry("from", 0),
            Map.entry("to", 0),
            Map.entry("after", ""),
            Map.entry("until", "{"),
            Map.entry("since", 0),
            Map.entry("before", 0),
            Map.entry("now", 0),
            Map.entry("key", ""),
            Map.entry("limit", 1));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "retire_users",
                "retire_due",
                "retire_interactions_page",
                "retire_interactions",
                "retire_cited",
                "retire_sessions",
                "retire_memories_page",
                "retire_memories",
                "cleaned_interactions",
                "sessions",
                "session_summaries",
                "session_summaries_page",
                "erase_candidate_sessions",
                "erase_sessions"
            })
    void shouldFindByAnIndex(String statement) {
        Stores.longTerm();
        try (var session = Stores.neo4j().session()) {
            var plan = session.run("EXPLAIN " + Cypher.read(statement + ".cypher"), PARAMETERS)
                    .consume()
                    .plan()
                    .toString();

            assertThat(plan).contains("IndexSeek").doesNotContain("NodeByLabelScan", "AllNodesScan");
        }
    }

    @Test
    void shouldGiveTheUsersOfANamespaceAndNoOthers() {
        var name = "n" + UUID.randomUUID();
        var retiring = new Retiring(Stores.neo4j(), Duration.ofSeconds(30));
        var longTerm = Stores.longTerm();
        for (var namespace : List.of(name, name + "-a", name + ".a", name + "0", name + "_")) {
            for (var user : List.of("a", "b", "Ümlaut/0", "{")) {
                longTerm.apply(List.of(interaction(
                        new UserKey(namespace, user), UUID.randomUUID().toString(), Instant.EPOCH, "said")));
            }
        }

        var found = new ArrayList<UserKey>();
        var page = retiring.users(name + "/", name + "0", 3);
        while (!page.isEmpty()) {
            found.addAll(page);
            page = retiring.users(page.get(page.size() - 1).toString(), name + "0", 3);
        }

        assertThat(found)
                .containsExactlyInAnyOrder(
                        new UserKey(name, "a"),
                        new UserKey(name, "b"),
                        new UserKey(name, "{"),
                        new UserKey(name, "Ümlaut/0"));
        assertThat(retiring.users(name, "{", 1_000))
                .extracting(UserKey::namespace)
                .contains(name + "_", name + "0");
    }
}
