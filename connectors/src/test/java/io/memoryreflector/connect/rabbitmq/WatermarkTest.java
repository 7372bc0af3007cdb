package io.memoryreflector.connect.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WatermarkTest {

    /** Whatever the order, and with repeats: all up to the mark are done, and the one behind it is not. */
    @Property
    void shouldReachAsFarAsThereIsNoGap(@ForAll("tags") List<Long> tags) {
        var watermark = new Watermark();
        var done = new HashSet<Long>();
        for (var tag : tags) {
            var before = watermark.reached();

            watermark.done(tag);

            done.add(tag);
            var expected = 0L;
            while (done.contains(expected + 1)) {
                expected++;
            }
            assertThat(watermark.reached()).isEqualTo(expected).isGreaterThanOrEqualTo(before);
        }
    }

    @Provide
    Arbitrary<List<Long>> tags() {
        return Arbitraries.longs().between(1, 30).list().ofMaxSize(80);
    }
}
