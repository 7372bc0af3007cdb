package io.memoryreflector.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShadowTest {

    private final Shadow shadow = new Shadow("gpt-5");

    @Test
    void shouldFindItselfInItsTopicsAndInNoOthers() {
        assertThat(shadow.topics())
                .allSatisfy(topic -> assertThat(Shadow.ofTopic(topic.name())).contains(shadow));
        assertThat(Topics.all())
                .allSatisfy(topic -> assertThat(Shadow.ofTopic(topic.name())).isEmpty());
        assertThat(Shadow.ofTopic("shadow.other.topic")).isEmpty();
    }

    @Test
    void shouldLeaveToOthersWhatItOnlyReads() {
        assertThat(shadow.of(Topics.INTERACTIONS)).isEqualTo(Topics.INTERACTIONS);
        assertThat(shadow.of(Topics.ERASURES)).isEqualTo(Topics.ERASURES);
        assertThat(shadow.of(Topics.SEMANTIC).name()).isEqualTo("shadow.gpt-5.memory.semantic");
        assertThat(shadow.of(Topics.SEMANTIC).schema()).isEqualTo(Topics.SEMANTIC.schema());
    }

    @Test
    void shouldTellWhatItHasCostAsLongAsItIsThere() {
        assertThat(shadow.of(Topics.OUTCOMES).retention()).isEmpty();
        assertThat(shadow.of(Topics.RETRY).retention()).isEqualTo(Topics.RETRY.retention());
    }

    @Test
    void shouldTakeNoNameThatCouldBeAnothersTopic() {
        assertThatThrownBy(() -> new Shadow("a.b"))
                .hasMessage("shadow: got 'a.b', takes 1 to 32 of lower-case letters, digits and hyphens");
    }
}
