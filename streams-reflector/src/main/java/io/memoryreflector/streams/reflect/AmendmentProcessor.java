package io.memoryreflector.streams.reflect;

import io.memoryreflector.events.MemoryAmended;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.erasure.Forgotten;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Has what a lane knows follow what is changed of it by hand. Writes nothing but its lane's stores, whose purge is the
 * lane's. Belongs to one stream thread.
 */
public final class AmendmentProcessor implements Processor<String, Raw<MemoryAmended>, Void, Void> {

    private static final String STAGE = "amendments";

    private final ReflectProcessor.Known stores;
    private final Forgotten forgotten;
    private KnownFacts known;

    /** @param stores of the lane */
    public AmendmentProcessor(ReflectProcessor.Known stores, Forgotten forgotten) {
        this.stores = stores;
        this.forgotten = forgotten;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.known = new KnownFacts(context.getStateStore(stores.facts()), context.getStateStore(stores.changes()));
    }

    @Override
    public void process(Record<String, Raw<MemoryAmended>> record) {
        if (record.value() == null) {
            return;
        }
        var amendment = record.value().value();
        // Who writes by hand may not know the tier; the id is enough.
        var isOfFacts = amendment.getTier() == Tier.SEMANTIC || amendment.getTier() == Tier.UNKNOWN;
        var handed = Handed.of(amendment);
        if (isOfFacts && !forgotten.drops(handed.user(), () -> handed, STAGE)) {
            known.amend(handed.user(), amendment);
        }
    }
}
