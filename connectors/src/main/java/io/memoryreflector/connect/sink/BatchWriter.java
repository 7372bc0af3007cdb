package io.memoryreflector.connect.sink;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Writes events in batches and finds the records that are to blame for a batch that fails. One thread. */
final class BatchWriter {

    private final int batchSize;
    private final Consumer<Events> store;
    private final Function<RuntimeException, Blame> blame;
    private final WriteSpans spans;

    /**
     * @param store writes a batch, all or none of it; a repeat changes nothing
     * @param blame who made a write fail
     * @param spans tell of the writes
     */
    BatchWriter(int batchSize, Consumer<Events> store, Function<RuntimeException, Blame> blame, WriteSpans spans) {
        this.batchSize = batchSize;
        this.store = store;
        this.blame = blame;
        this.spans = spans;
    }

    /**
     * Writes events in their order.
     *
     * @param refused is told of each that the store refuses when it is offered alone
     * @throws NoAnswer if the store has to be waited for; what was written by then may be written again
     */
    void write(List<Decoded> events, Consumer<Refusal> refused) {
        for (int from = 0; from < events.size(); from += batchSize) {
            writeBatch(events.subList(from, Math.min(from + batchSize, events.size())), refused);
        }
    }

    private void writeBatch(List<Decoded> batch, Consumer<Refusal> refused) {
        try {
            var events = new Events(batch.stream().map(Decoded::event).toList());
            spans.around(batch, () -> store.accept(events));
        } catch (RuntimeException e) {
            var whose = blame.apply(e);
            if (whose == Blame.SERVER || whose == Blame.BATCH && batch.size() == 1) {
                throw new NoAnswer("the store", e);
            }
            if (batch.size() == 1) {
                refused.accept(new Refusal(batch.get(0).record(), e));
                return;
            }
            var half = batch.size() / 2;
            writeBatch(batch.subList(0, half), refused);
            writeBatch(batch.subList(half, batch.size()), refused);
        }
    }
}
