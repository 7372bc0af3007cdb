package io.memoryreflector.store.shortterm;

import static io.memoryreflector.store.Samples.interaction;
import static io.memoryreflector.store.Samples.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisDataException;

class ShortTermMemoryIT {

    private final ShortTermMemory memory =
            new ShortTermMemory(Stores.redis(), new ShortTermSettings(3, Duration.ofMinutes(5)));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldKeepTheNewestWhateverTheOrderOfArrival(long seed) {
        var user = Stores.newUser();
        var arriving = new ArrayList<Interaction>();
        for (int n = 0; n < 6; n++) {
            arriving.add(interaction(user, "i" + n, minute(n), "turn " + n));
        }
        Collections.shuffle(arriving, new Random(seed));

        arriving.forEach(turn -> memory.remember(List.of(turn)));
        memory.remember(arriving);

        assertThat(memory.recent(user, Optional.empty(), 10))
                .extracting(Interaction::getInteractionId)
                .containsExactly("i3", "i4", "i5");
    }

    @Test
    void shouldKeepTheFirstVersionOfAnInteraction() {
        var user = Stores.newUser();

        memory.remember(List.of(interaction(user, "i1", minute(1), "first")));
        var second = interaction(user, "i1", minute(9), "second");
        second.setReceivedAt(minute(1));
        memory.remember(List.of(second));

        assertThat(memory.recent(user, Optional.empty(), 10))
                .containsExactly(interaction(user, "i1", minute(1), "first"));
    }

    @Test
    void shouldKeepTheCopyThatWasRecordedLast() {
        var user = Stores.newUser();
        var later = interaction(user, "i1", minute(9), "again");

        memory.remember(List.of(later));
        memory.remember(List.of(interaction(user, "i1", minute(1), "first")));

        assertThat(memory.recent(user, Optional.empty(), 10)).containsExactly(later);
    }

    @Test
    void shouldGiveTheNewestOfOneSession() {
        var user = Stores.newUser();
        var elsewhere = interaction(user, "i3", minute(3), "elsewhere");
        elsewhere.setSessionId("s2");
        memory.remember(List.of(
                interaction(user, "i1", minute(1), "one"), interaction(user, "i2", minute(2), "two"), elsewhere));

        assertThat(memory.recent(user, Optional.of("s1"), 1))
                .extracting(Interaction::getInteractionId)
                .containsExactly("i2");
        assertThat(memory.recent(user, Optional.of("s2"), 10))
                .extracting(Interaction::getInteractionId)
                .containsExactly("i3");
        assertThat(memory.recent(Stores.newUser(), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void shouldSayThatRedisHasRefusedAWrite() {
        Stores.redis().configSet("maxmemory", "1");
        try {
            var turn = interaction(Stores.newUser(), "i1", minute(1), "one");

            assertThatThrownBy(() -> memory.remember(List.of(turn)))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("OOM");
        } finally {
            Stores.redis().configSet("maxmemory", "0");
        }
    }

    @Test
    void shouldPutATimeToLiveOnEverythingOfAUser() {
        var user = Stores.newUser();

        memory.remember(List.of(interaction(user, "i1", minute(1), "one")));

        var keys = Stores.redis().keys("mr:*" + user);
        assertThat(keys).isNotEmpty().allSatisfy(key -> assertThat(
                        Stores.redis().pttl(key))
                .isBetween(1L, Duration.ofMinutes(5).toMillis()));
    }
}
