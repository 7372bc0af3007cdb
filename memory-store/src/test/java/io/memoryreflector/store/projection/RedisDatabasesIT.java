package io.memoryreflector.store.projection;

import static io.memoryreflector.store.Samples.erasure;
import static io.memoryreflector.store.Samples.interaction;
import static io.memoryreflector.store.Samples.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.RedisErasures;
import io.memoryreflector.store.Samples;
import io.memoryreflector.store.Stores;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import io.memoryreflector.store.status.StatusBoard;
import io.memoryreflector.store.status.StatusTotals;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

class RedisDatabasesIT {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final ShortTermSettings SHORT_TERM = new ShortTermSettings(5, Duration.ofHours(24));

    /** Each user is a case of its own. */
    private static final int USERS = 100;

    private static final RedisDatabases DATABASES = Stores.redisDatabases(5, 6);

    @BeforeEach
    @AfterEach
    void empty() {
        DATABASES.inUse().flushDB();
        DATABASES.beside().flushDB();
    }

    @Test
    void shouldPutWhatWasBuiltIntoThePlaceOfWhatIsInUse() {
        DATABASES.inUse().set("mr:a", "old");
        DATABASES.clear(1);
        DATABASES.beside().set("mr:a", "new");
        DATABASES.clear(1);

        assertThat(DATABASES.has(1)).as("cleared once").isTrue();
        DATABASES.switchTo(1);
        DATABASES.switchTo(1);

        assertThat(DATABASES.inUse().get("mr:a")).isEqualTo("new");
        assertThat(DATABASES.beside().get("mr:a")).isEqualTo("old");
        DATABASES.drop(1);
        DATABASES.drop(1);
        assertThat(DATABASES.inUse().get("mr:a")).isEqualTo("new");
        assertThat(DATABASES.beside().dbSize()).isZero();
    }

    @Test
    void shouldLetNoOneComeLateIntoALaterRebuild() {
        DATABASES.clear(1);
        DATABASES.switchTo(1);
        DATABASES.clear(2);
        DATABASES.beside().set("mr:a", "second");

        assertThatThrownBy(() -> DATABASES.clear(1)).hasMessageContaining("a later rebuild");
        DATABASES.drop(1);
        DATABASES.switchTo(1);
        assertThat(DATABASES.beside().get("mr:a")).isEqualTo("second");

        DATABASES.switchTo(2);
        assertThatThrownBy(() -> DATABASES.switchTo(1)).hasMessageContaining("has lost");
        assertThat(DATABASES.inUse().get("mr:a")).isEqualTo("second");
    }

    @Test
    void shouldLeaveAloneWhatOthersHaveAndMissWhatIsLost() {
        DATABASES.beside().set("another program's", "1");

        assertThatThrownBy(() -> DATABASES.clear(1)).hasMessageContaining("REDIS_REBUILD_DATABASE");
        assertThat(DATABASES.beside().get("another program's")).isEqualTo("1");

        DATABASES.beside().flushDB();
        DATABASES.clear(2);
        DATABASES.beside().flushDB();
        assertThat(DATABASES.has(2)).isFalse();
        assertThatThrownBy(() -> DATABASES.switchTo(2)).hasMessageContaining("has lost");
    }

    /** As if it had been there all the time: what would have gone is gone, and the rest goes when it would. */
    @Test
    void shouldReadTheLogAnewAsItWas() {
        var redis = DATABASES.inUse();
        var user = Stores.newUser();
        write(
                redis,
                List.of(
                        received(user, "older than all", Duration.ofDays(91)),
                        received(user, "before the pause", Duration.ofHours(60)),
                        received(user, "first", Duration.ofHours(30)),
                        received(user, "last", Duration.ofHours(10))));
        var idle = Stores.newUser();
        write(redis, List.of(received(idle, "idle", Duration.ofHours(25))));

        shortTerm(redis).settle(NOW);

        assertThat(shortTerm(redis).recent(user, Optional.empty(), 10))
                .extracting(Interaction::getInteractionId)
                .containsExactly("first", "last");
        assertThat(redis.pttl("mr:turns:" + user)).isBetween(hours(13), hours(14));
        assertThat(shortTerm(redis).recent(idle, Optional.empty(), 10)).isEmpty();
        assertThat(board(redis).user(user).received()).isEqualTo(3);
        assertThat(redis.pttl("mr:interaction:first")).isBetween(hours(24 * 90 - 31), hours(24 * 90 - 30));
        assertThat(redis.exists("mr:interaction:older than all")).isFalse();
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void shouldHaveTheSameDumpOfAnyOrderRepeatAndBatching(@ForAll long seed) {
        var random = new Random(seed);
        var events = new ArrayList<SpecificRecord>();
        for (int n = 0; n < USERS; n++) {
            events.addAll(events(new UserKey("order", n + " " + new UUID(seed, n)), random));
        }
        var shuffled = new ArrayList<>(events);
        events.stream().filter(event -> random.nextInt(4) == 0).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);

        var inOrder = dumpOf(events, 500, false);
        assertThat(inOrder).hasSizeGreaterThan(5 * USERS);
        assertThat(firstDifference(inOrder, dumpOf(shuffled, 1 + random.nextInt(100), random.nextBoolean())))
                .as("seed %d", seed)
                .isEmpty();
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

    private List<String> dumpOf(List<SpecificRecord> events, int batch, boolean isConfirmed) {
        var redis = DATABASES.inUse();
        redis.flushDB();
        for (int from = 0; from < events.size(); from += batch) {
            write(redis, events.subList(from, Math.min(events.size(), from + batch)));
        }
        if (isConfirmed) {
            new StatusTotals(redis, board(redis)).confirmAll(() -> false);
        }
        var lines = new ArrayList<String>();
        new RedisDump(redis).write(lines::add);
        return lines;
    }

    private static List<SpecificRecord> events(UserKey user, Random random) {
        var events = new ArrayList<SpecificRecord>();
        var isForgotten = random.nextInt(3) == 0;
        // Beyond the cap nobody knows what an erasure would have made room for.
        var count = 1 + random.nextInt(isForgotten ? SHORT_TERM.maxInteractions() : 8);
        for (int n = 0; n < count; n++) {
            var said = received(user, "i" + n + " " + user, Duration.ofMinutes(60 - n));
            events.add(said);
            var revisions = random.nextInt(4);
            for (int revision = 1; revision <= revisions; revision++) {
                var state = revision == 3 ? ReflectionState.COMPLETED : ReflectionState.RETRYING;
                var status = status(user, said.getInteractionId(), revision, state, List.of());
                status.setSource(said.getSource());
                status.setReceivedAt(said.getReceivedAt());
                status.setOccurredAt(said.getOccurredAt());
                status.setUpdatedAt(said.getReceivedAt().plusSeconds(revision));
                status.getTiers().get(0).setState(state);
                events.add(status);
            }
        }
        if (isForgotten) {
            var at = NOW.minus(Duration.ofMinutes(60 - random.nextInt(8)));
            events.add(
                    switch (random.nextInt(3)) {
                        case 0 -> erasure(user, ErasureScope.USER, null, at);
                        case 1 -> erasure(user, ErasureScope.SESSION, Samples.SESSION, at);
                        default -> erasure(user, ErasureScope.INTERACTION, "i" + random.nextInt(4) + " " + user, NOW);
                    });
        }
        return events;
    }

    private static Interaction received(UserKey user, String id, Duration ago) {
        return interaction(user, id, NOW.minus(ago), "said " + id);
    }

    private static void write(UnifiedJedis redis, List<SpecificRecord> events) {
        var shortTerm =
                new ShortTermMemory(redis, new ShortTermSettings(SHORT_TERM.maxInteractions(), StatusBoard.RETENTION));
        new RedisErasures(redis, shortTerm).apply(of(events, UserForgotten.class));
        var interactions = of(events, Interaction.class);
        board(redis).received(interactions);
        shortTerm.remember(interactions);
        board(redis).apply(of(events, ReflectionStatus.class));
    }

    private static <T> List<T> of(List<SpecificRecord> events, Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static ShortTermMemory shortTerm(UnifiedJedis redis) {
        return new ShortTermMemory(redis, SHORT_TERM);
    }

    private static StatusBoard board(UnifiedJedis redis) {
        return StatusBoard.ofThePast(redis, ids -> Set.of(), StatusBoard.RETENTION, () -> NOW);
    }

    private static long hours(int hours) {
        return Duration.ofHours(hours).toMillis();
    }
}
