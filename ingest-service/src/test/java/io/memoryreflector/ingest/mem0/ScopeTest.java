package io.memoryreflector.ingest.mem0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScopeTest {

    @Test
    void shouldReadNamesAndFiltersAsOne() {
        assertThat(Scope.of(Map.of("user_id", "ada"), null)).isEqualTo(new Scope("ada", Optional.empty()));
        assertThat(Scope.of(Map.of(), Map.of("user_id", "ada", "run_id", "s1")))
                .isEqualTo(new Scope("ada", Optional.of("s1")));
        assertThat(Scope.of(
                        Map.of("user_id", "ada"),
                        Map.of("AND", List.of(Map.of("user_id", "ada"), Map.of("run_id", "s1")))))
                .isEqualTo(new Scope("ada", Optional.of("s1")));
        assertThat(Scope.of(Collections.singletonMap("agent_id", null), Map.of("user_id", "ada")))
                .as("what is null is not given")
                .isEqualTo(new Scope("ada", Optional.empty()));
    }

    @Test
    void shouldRefuseWhateverWouldShowMoreThanWasMeant() {
        refused(Map.of("agent_id", "a"), "filters.agent_id");
        refused(Map.of("user_id", "ada", "metadata", Map.of("a", 1)), "filters.metadata");
        refused(Map.of("OR", List.of(Map.of("user_id", "ada"))), "filters.OR");
        refused(Map.of("AND", Map.of("user_id", "ada")), "filters.AND");
        refused(Map.of("AND", Arrays.asList((Object) null)), "filters.AND");
        refused(Map.of("AND", List.of(Map.of("user_id", "ada"), Map.of("user_id", "eve"))), "filters.AND.user_id");
        refused(Map.of("user_id", Map.of("in", List.of("ada", "eve"))), "filters.user_id");
        refused(Map.of("user_id", ""), "filters.user_id");
        refused(Map.of("run_id", "s1"), "user_id");
    }

    private static void refused(Map<String, ?> filters, String field) {
        assertThatThrownBy(() -> Scope.of(Map.of(), filters)).hasMessageStartingWith(field + ": ");
    }
}
