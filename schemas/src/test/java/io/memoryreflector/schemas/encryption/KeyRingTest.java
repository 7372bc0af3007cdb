package io.memoryreflector.schemas.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.schemas.UserKey;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final UserKey ADA = new UserKey("default", "ada");

    private final KeyRing ring = new KeyRing();

    @Test
    void shouldKeepBothKeysThatTwoProgramsMade() {
        var earlier = put(1);
        var later = put(2);

        assertThat(ring.find(ADA, earlier.id())).contains(earlier);
        assertThat(ring.newest(ADA)).contains(later);
    }

    @Test
    void shouldNeverBringBackWhatIsDestroyed() {
        var key = put(1);

        ring.destroy(ADA, key.id());
        ring.put(ADA, key);

        assertThat(ring.find(ADA, key.id())).isEmpty();
        assertThat(ring.newest(ADA)).isEmpty();
        assertThat(ring.isDestroyed(key.id())).isTrue();
    }

    @Test
    void shouldTellTheKeysUpToATime() {
        var earlier = put(1);
        put(3);

        assertThat(ring.madeUpTo(ADA, Instant.ofEpochMilli(2))).containsExactly(earlier.id());
    }

    @Test
    void shouldKeepOneOfAKeyThatIsReadTwice() {
        var key = put(1);
        ring.put(ADA, key);

        assertThat(ring.madeUpTo(ADA, Instant.MAX)).containsExactly(key.id());
    }

    private DataKey put(long createdAt) {
        var key = new DataKey(UUID.randomUUID(), Instant.ofEpochMilli(createdAt), null);
        ring.put(ADA, key);
        return key;
    }
}
