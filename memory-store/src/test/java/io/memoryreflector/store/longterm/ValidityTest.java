package io.memoryreflector.store.longterm;

import static io.memoryreflector.store.Samples.fact;
import static io.memoryreflector.store.Samples.minute;
import static io.memoryreflector.store.Samples.procedure;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Claims;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class ValidityTest {

    private final UserKey user = new UserKey("test", "ada");

    @Test
    void shouldEndAFactWhenTheNextOfItsSlotBegins() {
        var porto = fact(user, "i1", minute(1), "lives_in", "Porto");
        var faro = fact(user, "i2", minute(5), "lives_in", "Faro");

        assertThat(Validity.ends(List.of(faro, porto))).isEqualTo(Map.of(porto.getMemoryId(), minute(5)));
    }

    @Test
    void shouldTakeTheFirstOfSeveralEndsAndNoneBeforeTheBeginning() {
        var porto = fact(user, "i1", minute(3), "lives_in", "Porto");
        porto.setValidTo(minute(9));
        var french = procedure(user, "i2", minute(4), "answer in French");
        var earlier = procedure(user, "i3", minute(1), "answer in German");
        earlier.setSupersedes(List.of(french.getMemoryId(), "never heard of"));
        var faro = fact(user, "i4", minute(7), "lives_in", "Faro");

        assertThat(Validity.ends(List.of(porto, french, earlier, faro)))
                .isEqualTo(Map.of(porto.getMemoryId(), minute(7), french.getMemoryId(), minute(4)));
    }

    @Test
    void shouldLetNothingEndByWhatIsHeldBack() {
        var porto = fact(user, "i1", minute(1), "lives_in", "Porto");
        var held = fact(user, "i2", minute(5), "lives_in", "Faro");
        held.setQuarantine("looks like an order");

        assertThat(Validity.ends(List.of(porto, held))).isEmpty();
    }

    /** In whatever order the events are looked at, and whatever they are, everything ends at the same time. */
    @Property(tries = 3_000)
    void shouldNotDependOnTheOrder(@ForAll long seed) {
        var random = new Random(seed);
        List<SpecificRecord> events = new ArrayList<>(Claims.draw(user, random, 1 + random.nextInt(30)));
        var expected = Validity.ends(events);

        Collections.shuffle(events, random);

        assertThat(Validity.ends(events)).isEqualTo(expected);
    }
}
