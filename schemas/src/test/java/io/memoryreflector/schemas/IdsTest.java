package io.memoryreflector.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void shouldGiveTheSameIdForTheSamePartsAndAnotherForOthers() {
        assertThat(Ids.nameBased("a", "bc")).isEqualTo(Ids.nameBased("a", "bc")).isNotEqualTo(Ids.nameBased("ab", "c"));
        assertThat(UUID.fromString(Ids.nameBased("a")).version()).isEqualTo(5);
        assertThat(UUID.fromString(Ids.nameBased("a")).variant()).isEqualTo(2);
    }

    @Test
    void shouldOrderNewIdsByTime() {
        var earlier = Ids.timeOrdered(Instant.ofEpochMilli(1_000));
        var later = Ids.timeOrdered(Instant.ofEpochMilli(2_000));
        assertThat(earlier).isLessThan(later);
        assertThat(UUID.fromString(later).version()).isEqualTo(7);
    }

    @Test
    void shouldSplitAKeyAtItsFirstSlash() {
        var key = new UserKey("team-a", "ada/with/slash");
        assertThat(UserKey.parse(key.toString())).isEqualTo(key);
        assertThatThrownBy(() -> new UserKey("Team", "ada")).hasMessageContaining("namespace: got 'Team'");
        assertThatThrownBy(() -> new UserKey("a", "x".repeat(257))).hasMessageContaining("user_id: got 257 bytes");
    }

    @Test
    void shouldCarryVectorsAsLittleEndianFloats() {
        var vector = new float[] {1f, -0.5f, 3.25f};
        var bytes = Vectors.toBytes(vector);
        assertThat(bytes.remaining()).isEqualTo(12);
        assertThat(bytes.get(3)).isEqualTo((byte) 0x3f);
        assertThat(Vectors.fromBytes(ByteBuffer.wrap(bytes.array()))).containsExactly(vector);
    }
}
