package io.memoryreflector.store;

import static io.memoryreflector.store.Samples.fact;
import static io.memoryreflector.store.Samples.minute;
import static io.memoryreflector.store.Samples.procedure;

import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.schemas.UserKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/** Facts and procedures that contradict, end and supersede each other, drawn by chance; each has an id of its own. */
public final class Claims {

    private static final List<String> PREDICATES = List.of("lives_in", "works_as", "likes");
    private static final List<String> OBJECTS = List.of("Porto", "Lisbon", "Faro", "Braga");
    private static final int MINUTES = 8;

    private Claims() {}

    /** So many; times are few, so that some are equal. */
    public static List<SpecificRecord> draw(UserKey user, Random random, int count) {
        var ids = new ArrayList<String>(List.of("never heard of " + user));
        var drawn = new ArrayList<SpecificRecord>();
        for (int n = 0; n < count; n++) {
            var from = minute(random.nextInt(MINUTES));
            var recorded = minute(random.nextInt(2 * MINUTES));
            var held = random.nextInt(6) == 0 ? "looks like an order" : null;
            var ends = random.nextInt(4) == 0 ? from.plusSeconds(60L * random.nextInt(MINUTES)) : null;
            var supersedes = random.nextInt(3) == 0 ? List.of(ids.get(random.nextInt(ids.size()))) : List.<String>of();
            if (random.nextInt(4) == 0) {
                var procedure = procedure(user, "i" + n, from, "rule " + n);
                procedure.setRecordedAt(recorded);
                procedure.setQuarantine(held);
                procedure.setValidTo(ends);
                procedure.setSupersedes(supersedes);
                ids.add(procedure.getMemoryId());
                drawn.add(procedure);
            } else {
                var fact = fact(user, "i" + n, from, pick(PREDICATES, random), pick(OBJECTS, random));
                fact.setFunctional(random.nextInt(4) > 0);
                fact.setRecordedAt(recorded);
                fact.setQuarantine(held);
                fact.setValidTo(ends);
                fact.setSupersedes(supersedes);
                ids.add(fact.getMemoryId());
                drawn.add(fact);
            }
        }
        return drawn;
    }

    /** The id of a fact or procedure. */
    public static String id(SpecificRecord memory) {
        return memory instanceof Fact fact ? fact.getMemoryId() : ((Procedure) memory).getMemoryId();
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
