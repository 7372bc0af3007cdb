package io.memoryreflector.client.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.client.CollectorListener;
import io.memoryreflector.client.CollectorSettings;
import io.memoryreflector.client.Health;
import io.memoryreflector.client.IngestStub;
import io.memoryreflector.client.MemoryCollector;
import io.memoryreflector.client.OperationResult;
import io.memoryreflector.client.OperationResult.Sent;
import io.memoryreflector.client.Target;
import io.memoryreflector.client.WhenFull;
import io.memoryreflector.client.micrometer.CollectorMetrics;
import io.memoryreflector.schemas.topic.Topics;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MemoryCollectorAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MemoryCollectorAutoConfiguration.class, CollectorMetricsAutoConfiguration.class));

    @TempDir
    private Path folder;

    @Test
    void shouldCollectTellListenersMeasureAndCloseWithTheApplication() {
        Queue<OperationResult> results = new ConcurrentLinkedQueue<>();
        var listener = new CollectorListener() {
            @Override
            public void onResult(OperationResult result) {
                results.add(result);
            }
        };
        var meters = new SimpleMeterRegistry();
        try (var service = new IngestStub()) {
            application
                    .withBean("listener", CollectorListener.class, () -> listener)
                    .withPropertyValues("memory-reflector.client.url=" + service.uri())
                    .run(context -> {
                        context.getBean(CollectorMetrics.class).bindTo(meters);
                        context.getBean(MemoryCollector.class).collect("ada", "Hello.", "Hi.");
                    });
        }
        assertThat(results).singleElement().isInstanceOf(Sent.class);
        assertThat(meters.get("reflector.client.collected").functionCounter().count())
                .isEqualTo(1);
        assertThat(meters.get("reflector.client.sent").functionTimer().count()).isEqualTo(1);
        assertThat(meters.get("reflector.client.dropped")
                        .tag("reason", "buffer_full")
                        .functionCounter()
                        .count())
                .isZero();
    }

    @Test
    void shouldTakeTheSettingsFromTheProperties() {
        application
                .withPropertyValues(
                        "memory-reflector.client.bootstrap-servers=127.0.0.1:1",
                        "memory-reflector.client.kafka.security.protocol=PLAINTEXT",
                        "memory-reflector.client.inbox=true",
                        "memory-reflector.client.preset=low-resource",
                        "memory-reflector.client.buffer-entries=64",
                        "memory-reflector.client.spill-folder=" + folder.resolve("spill"),
                        "memory-reflector.client.spill-max-size=10MB",
                        "memory-reflector.client.close-within=10ms")
                .run(context -> {
                    var settings = context.getBean(CollectorSettings.class);
                    assertThat(settings.bufferEntries()).isEqualTo(64);
                    assertThat(settings.inFlight())
                            .isEqualTo(CollectorSettings.lowResource().inFlight());
                    assertThat(settings.whenFull()).isEqualTo(WhenFull.spill(folder.resolve("spill"), 10 << 20));
                    assertThat(context.getBean(Target.Kafka.class).client())
                            .containsEntry("security.protocol", "PLAINTEXT");
                    assertThat(context.getBean(Target.Kafka.class).topic()).isEqualTo(Topics.INBOX);
                    assertThat(context.getBean(MemoryCollector.class).health().state())
                            .isEqualTo(Health.State.UP);
                });
    }

    @Test
    void shouldDoNothingWhereNoTargetIsSet() {
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MemoryCollector.class));
    }

    @Test
    void shouldDoWithoutMicrometer() {
        application
                .withClassLoader(new FilteredClassLoader(MeterBinder.class))
                .withPropertyValues(
                        "memory-reflector.client.bootstrap-servers=127.0.0.1:1",
                        "memory-reflector.client.close-within=1ms")
                .run(context ->
                        assertThat(context).hasSingleBean(MemoryCollector.class).doesNotHaveBean("collectorMetrics"));
    }

    @Test
    void shouldNameTheSettingThatIsWrong() {
        application
                .withPropertyValues(
                        "memory-reflector.client.bootstrap-servers=127.0.0.1:1",
                        "memory-reflector.client.buffer-entries=1")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("bufferEntries: got 1, takes a whole number from 16 to 16777216"));
    }
}
