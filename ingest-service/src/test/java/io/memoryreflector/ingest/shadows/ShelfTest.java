package io.memoryreflector.ingest.shadows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memoryreflector.ingest.shadows.Shelf.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShelfTest {

    @Test
    void shouldGiveUsersInTheOrderOfTheirKeysWithTheLastOfEachEvent() {
        try (var shelf = new Shelf()) {
            shelf.put("default/zoë", Kind.LIVE, "m", new byte[] {1});
            shelf.put("default/ada", Kind.LIVE, "m", new byte[] {1});
            shelf.put("default/ada", Kind.SHADOW, "m", new byte[] {2});
            shelf.put("default/ada", Kind.LIVE, "m", new byte[] {3});

            var users = new ArrayList<String>();
            for (var user = shelf.userAfter(""); user.isPresent(); user = shelf.userAfter(user.get())) {
                users.add(user.get());
            }

            assertThat(users).containsExactly("default/ada", "default/zoë");
            assertThat(shelf.users()).isEqualTo(2);
            assertThat(shelf.of("default/ada"))
                    .extracting(Shelf.Event::kind, event -> event.value()[0])
                    .containsExactlyInAnyOrderElementsOf(
                            List.of(tuple(Kind.LIVE, (byte) 3), tuple(Kind.SHADOW, (byte) 2)));
        }
    }
}
