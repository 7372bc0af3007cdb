package io.memoryreflector.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.connect.Samples;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.schemas.trace.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class BatchWriterTest {

    private static final WriteSpans UNTOLD = new WriteSpans(Tracing.off(), "test");

    private final List<List<String>> batches = new ArrayList<>();
    private final List<Long> refused = new ArrayList<>();

    @Test
    void shouldWriteInOrderInBatchesOfTheSizeThatIsSet() {
        writer(4, Set.of(), Blame.RECORD).write(events(10), this::refuse);

        assertThat(batches)
                .containsExactly(List.of("0", "1", "2", "3"), List.of("4", "5", "6", "7"), List.of("8", "9"));
        assertThat(refused).isEmpty();
    }

    @Test
    void shouldWriteNothingForNoEvents() {
        writer(4, Set.of(), Blame.RECORD).write(List.of(), this::refuse);

        assertThat(batches).isEmpty();
    }

    @Test
    void shouldRefuseThoseAloneThatAreToBlameAndWriteAllOthersOnceInOrder() {
        writer(8, Set.of("0", "5", "6", "9"), Blame.RECORD).write(events(10), this::refuse);

        assertThat(refused).containsExactly(0L, 5L, 6L, 9L);
        assertThat(batches.stream().flatMap(List::stream)).containsExactly("1", "2", "3", "4", "7", "8");
    }

    @Test
    void shouldRefuseNobodyWhileTheServerIsToBlame() {
        assertThatThrownBy(() -> writer(4, Set.of("5"), Blame.SERVER).write(events(10), this::refuse))
                .isInstanceOf(NoAnswer.class);

        assertThat(refused).isEmpty();
        assertThat(batches).containsExactly(List.of("0", "1", "2", "3"));
    }

    @Test
    void shouldWriteLessAtOnceWhereABatchIsTooMuch() {
        var writer = new BatchWriter(
                8,
                events -> {
                    if (events.all().size() > 2) {
                        throw new IllegalStateException("too much");
                    }
                    batches.add(ids(events));
                },
                error -> Blame.BATCH,
                UNTOLD);

        writer.write(events(8), this::refuse);

        assertThat(batches).containsExactly(List.of("0", "1"), List.of("2", "3"), List.of("4", "5"), List.of("6", "7"));
    }

    @Test
    void shouldWaitWithARecordThatIsTooMuchByItself() {
        assertThatThrownBy(() -> writer(4, Set.of("1"), Blame.BATCH).write(events(2), this::refuse))
                .isInstanceOf(NoAnswer.class);

        assertThat(refused).isEmpty();
    }

    private BatchWriter writer(int size, Set<String> bad, Blame blame) {
        return new BatchWriter(
                size,
                events -> {
                    if (ids(events).stream().anyMatch(bad::contains)) {
                        throw new IllegalStateException("refused");
                    }
                    batches.add(ids(events));
                },
                error -> blame,
                UNTOLD);
    }

    private void refuse(Refusal refusal) {
        refused.add(refusal.record().kafkaOffset());
    }

    private static List<Decoded> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Decoded(
                        new SinkRecord(Topics.INTERACTIONS.name(), 0, null, null, null, new byte[0], i),
                        Samples.interaction(new UserKey("test", "u"), Integer.toString(i))))
                .toList();
    }

    private static List<String> ids(Events events) {
        return events.of(Interaction.class).stream()
                .map(Interaction::getInteractionId)
                .toList();
    }
}
