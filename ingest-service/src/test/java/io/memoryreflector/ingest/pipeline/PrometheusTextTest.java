package io.memoryreflector.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    @Test
    void shouldSumASampleOverItsOtherLabels() {
        var text = PrometheusText.parse("""
                # HELP reflector_reflections_total tasks
                # TYPE reflector_reflections_total counter
                reflector_reflections_total{outcome="completed",tier="semantic"} 12.0
                reflector_reflections_total{outcome="failed",tier="semantic",} 3.0 1700000000
                reflector_reflections_total{outcome="completed",tier="episodic"} 1.5E2
                reflector_pending{tier="semantic"} NaN
                """);

        assertThat(text.sum("reflector_reflections_total", "tier", "semantic")).isEqualTo(15);
        assertThat(text.sum("reflector_reflections_total", "tier", "episodic")).isEqualTo(150);
        assertThat(text.sum("reflector_reflections_total", "tier", "procedural"))
                .isZero();
        assertThat(text.sum("reflector_pending", "tier", "semantic")).isZero();
    }

    @Test
    void shouldReadLabelsWithQuotesAndBraces() {
        var text = PrometheusText.parse("m{a=\"x\\\"}y\",tier=\"episodic\"} 7\nno sample at all\n{} 3\n");

        assertThat(text.samples()).singleElement().satisfies(sample -> {
            assertThat(sample.labels()).containsEntry("a", "x\"}y").containsEntry("tier", "episodic");
            assertThat(sample.value()).isEqualTo(7);
        });
        assertThat(text.max("m", "tier", "episodic")).isEqualTo(7);
    }
}
