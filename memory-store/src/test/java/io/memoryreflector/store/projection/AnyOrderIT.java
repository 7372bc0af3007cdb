package io.memoryreflector.store.projection;

import static io.memoryreflector.store.Samples.amendment;
import static io.memoryreflector.store.Samples.episode;
import static io.memoryreflector.store.Samples.erasure;
import static io.memoryreflector.store.Samples.interaction;
import static io.memoryreflector.store.Samples.minute;
import static io.memoryreflector.store.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.Claims;
import io.memoryreflector.store.Samples;
import io.memoryreflector.store.Stores;
import io.memoryreflector.store.longterm.LongTermMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * The same events in any order, as often and in whatever batches they come, make a graph of the same bytes. {@code
 * -Dorder.seed=} repeats a run, {@code -Dorder.cases=} makes it longer.
 */
class AnyOrderIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Generation BESIDE = Generation.FIRST.next();

    private static final long SEED = Long.getLong("order.seed", new Random().nextInt());

    /** Each user is a case of its own; many are written at once, since that is what takes no time. */
    private static final int CASES = Integer.getInteger("order.cases", 100);

    private static final int AT_ONCE = 100;
    private static final int BATCH = 300;

    private final GraphGenerations generations = new GraphGenerations(Stores.neo4j(), TIMEOUT);
    private final LongTermMemory graph = new LongTermMemory(generations.driver(BESIDE), TIMEOUT);

    @Test
    void shouldMakeTheSameBytesOfAnyOrderRepeatAndBatching() {
        System.out.println("order.seed=" + SEED);
        graph.migrate();
        for (int done = 0; done < CASES; done += AT_ONCE) {
            var random = new Random(SEED + done);
            var events = new ArrayList<SpecificRecord>();
            for (int n = 0; n < AT_ONCE; n++) {
                events.addAll(events(new UserKey("order", n + " " + new UUID(SEED, n)), random));
            }
            var shuffled = new ArrayList<>(events);
            events.stream().filter(event -> random.nextInt(4) == 0).forEach(shuffled::add);
            Collections.shuffle(shuffled, random);

            var inOrder = dumpOf(events, () -> BATCH);
            assertThat(inOrder).hasSizeGreaterThan(5 * AT_ONCE);
            assertThat(firstDifference(inOrder, dumpOf(shuffled, () -> 1 + random.nextInt(BATCH))))
                    .as("-Dorder.seed=%d -Dorder.cases=%d", SEED, done + AT_ONCE)
                    .isEmpty();
        }
    }

    /** Of dumps that are too long to be shown. */
    private static List<String> firstDifference(List<String> one, List<String> other) {
        for (int n = 0; n < Math.max(one.size(), other.size()); n++) {
            var lines = List.of(n < one.size() ? one.get(n) : "end", n < other.size() ? other.get(n) : "end");
            if (!lines.get(0).equals(lines.get(1))) {
                return lines;
            }
        }
        return List.of();
    }

    private List<String> dumpOf(List<SpecificRecord> events, IntSupplier batch) {
        generations.clear(BESIDE, tx -> {});
        for (int from = 0, to; from < events.size(); from = to) {
            to = Math.min(events.size(), from + batch.getAsInt());
            graph.apply(events.subList(from, to));
        }
        var lines = new ArrayList<String>();
        new GraphDump(generations.driver(BESIDE), TIMEOUT).write(lines::add);
        return lines;
    }

    /** Of all kinds, with copies of one id that were recorded later, changes and erasures. */
    private static List<SpecificRecord> events(UserKey user, Random random) {
        var events = new ArrayList<>(Claims.draw(user, random, 1 + random.nextInt(8)));
        for (var claim : List.copyOf(events)) {
            if (random.nextInt(3) == 0) {
                var change = amendment(claim, "a" + events.size(), minute(20 + random.nextInt(10)));
                change.setReleased(random.nextBoolean());
                if (random.nextBoolean()) {
                    change.setText("changed " + random.nextInt(3));
                }
                events.add(change);
            }
        }
        for (int n = 0; n < 1 + random.nextInt(3); n++) {
            events.add(interaction(user, "i" + n, minute(n), "turn " + n));
            var episode = episode(user, "i" + n, minute(n), "episode " + n);
            episode.setEntities(List.of("Porto", random.nextBoolean() ? "porto" : "Ada"));
            events.add(episode);
        }
        if (random.nextInt(3) == 0) {
            var again = interaction(user, "i0", minute(15), "said otherwise");
            again.getMessages().get(0).setMessageId("another");
            events.add(again);
        }
        events.add(summary(user, 1, minute(2), "i0"));
        events.add(summary(user, 2, minute(6 + random.nextInt(8)), "i0", "i1"));
        if (random.nextInt(3) == 0) {
            events.add(
                    switch (random.nextInt(4)) {
                        case 0 -> erasure(user, ErasureScope.USER, null, minute(random.nextInt(18)));
                        case 1 -> erasure(user, ErasureScope.SESSION, "s1", minute(random.nextInt(18)));
                        case 2 -> erasure(user, ErasureScope.INTERACTION, "i" + random.nextInt(4), minute(18));
                        default -> erasure(user, ErasureScope.MEMORY, Claims.id(events.get(0)), Samples.minute(30));
                    });
        }
        return events;
    }
}
