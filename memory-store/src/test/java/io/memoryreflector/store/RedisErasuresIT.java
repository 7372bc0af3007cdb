package io.memoryreflector.store;

import static io.memoryreflector.store.Samples.erasure;
import static io.memoryreflector.store.Samples.interaction;
import static io.memoryreflector.store.Samples.minute;
import static io.memoryreflector.store.Samples.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.UserForgotten;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Erasures;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import io.memoryreflector.store.status.StatusBoard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;

class RedisErasuresIT {

    private static final int INTERACTIONS = 6;

    private final UnifiedJedis redis = Stores.redis();
    private final ShortTermMemory shortTerm = new ShortTermMemory(redis, ShortTermSettings.standard());
    private final StatusBoard board = new StatusBoard(redis, ids -> Set.of(), Duration.ofDays(1), () -> minute(60));
    private final RedisErasures erasures = new RedisErasures(redis, shortTerm);

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void shouldHoldTheSameWhateverComesWhen(@ForAll long seed) {
        var random = new Random(seed);
        var shuffled = Stores.newUser();
        var expected = Stores.newUser();
        var order = new ArrayList<Integer>();
        for (int n = 0; n < erasures(shuffled).size(); n++) {
            order.add(n);
        }
        Collections.shuffle(order, random);
        var chosen = order.subList(0, random.nextInt(4));
        var arriving = new ArrayList<SpecificRecord>(events(shuffled));
        chosen.forEach(n -> arriving.add(erasures(shuffled).get(n)));
        arriving.addAll(new ArrayList<>(arriving.subList(0, random.nextInt(arriving.size()))));
        Collections.shuffle(arriving, random);

        arriving.forEach(this::write);

        var covering = new Erasures();
        chosen.forEach(n -> covering.add(erasures(expected).get(n)));
        events(expected).stream()
                .filter(event -> !covering.covers(handed(event)))
                .forEach(this::write);
        assertThat(dump(shuffled)).as("seed %d, %s", seed, chosen).isEqualTo(dump(expected));
    }

    @Test
    void shouldLeaveNothingOfAUserButTheErasure() {
        var user = new UserKey("test", "marker-" + UUID.randomUUID());
        events(user).forEach(this::write);
        board.accept(interaction(user, "accepted " + user, minute(3), "not in the log yet"));
        assertThat(keysAbout(user)).isNotEmpty();

        write(erasure(user, ErasureScope.USER, null, minute(40)));

        assertThat(keysAbout(user)).containsExactly(ErasureKey.of(user));
        assertThat(board.user(user).received()).isZero();
        assertThat(board.find("i1 " + user)).isEmpty();
    }

    @Test
    void shouldTakeTheSameIdAnewAfterItWasForgotten() {
        var user = Stores.newUser();
        var id = "i1 " + user;
        write(interaction(user, id, minute(1), "before"));
        write(status(user, id, 7, ReflectionState.FAILED, List.of()));
        write(erasure(user, ErasureScope.SESSION, Samples.SESSION, minute(2)));
        var again = interaction(user, id, minute(3), "after");
        var begun = status(user, id, 1, ReflectionState.QUEUED, List.of());
        begun.setReceivedAt(minute(3));

        assertThat(board.accept(again)).isEqualTo(io.memoryreflector.store.status.Acceptance.NEW);
        write(begun);
        write(again);

        assertThat(board.find(id).orElseThrow().state()).isEqualTo(ReflectionState.QUEUED);
        assertThat(shortTerm.recent(user, Optional.empty(), 10)).containsExactly(again);
    }

    private void write(SpecificRecord event) {
        if (event instanceof Interaction interaction) {
            board.received(List.of(interaction));
            shortTerm.remember(List.of(interaction));
        } else if (event instanceof ReflectionStatus status) {
            board.apply(List.of(status));
        } else {
            erasures.apply(List.of((UserForgotten) event));
        }
    }

    private static List<SpecificRecord> events(UserKey user) {
        var events = new ArrayList<SpecificRecord>();
        for (int n = 1; n <= INTERACTIONS; n++) {
            var id = "i" + n + " " + user;
            var turn = interaction(user, id, minute(n), "turn " + n + " of " + user);
            turn.setSessionId(n % 2 == 0 ? "even" : null);
            turn.setSource(n % 3 == 0 ? Source.IMPORT : Source.REST);
            events.add(turn);
            for (int revision = 1; revision <= 2; revision++) {
                var state = revision == 1 ? ReflectionState.RETRYING : ReflectionState.COMPLETED;
                var status = status(user, id, revision, n == 4 ? ReflectionState.RETRYING : state, List.of());
                status.getTiers().get(0).setState(n == 4 ? ReflectionState.RETRYING : ReflectionState.COMPLETED);
                status.setReceivedAt(minute(n));
                status.setOccurredAt(minute(n));
                status.setSessionId(turn.getSessionId());
                status.setSource(turn.getSource());
                events.add(status);
            }
        }
        return events;
    }

    private static List<UserForgotten> erasures(UserKey user) {
        return List.of(
                erasure(user, ErasureScope.USER, null, minute(2)),
                erasure(user, ErasureScope.USER, null, minute(4)),
                erasure(user, ErasureScope.USER, null, minute(50)),
                erasure(user, ErasureScope.SESSION, "even", minute(5)),
                erasure(user, ErasureScope.SESSION, "", minute(50)),
                erasure(user, ErasureScope.SOURCE, "import", minute(5)),
                erasure(user, ErasureScope.INTERACTION, "i4 " + user, minute(50)),
                erasure(user, ErasureScope.MEMORY, "m1", minute(50)));
    }

    private static Handed handed(SpecificRecord event) {
        return event instanceof Interaction interaction
                ? Handed.of(interaction, interaction.getReceivedAt())
                : Handed.of((ReflectionStatus) event);
    }

    private String dump(UserKey user) {
        var lines = new TreeSet<String>();
        for (int n = 1; n <= INTERACTIONS; n++) {
            var id = "i" + n;
            board.find(id + " " + user).ifPresent(status -> lines.add(id + " " + status.state()));
            for (var tier : List.of("EPISODIC", "SEMANTIC", "PROCEDURAL")) {
                var due = redis.zscore("mr:retrying", tier + "/" + id + " " + user);
                lines.add(id + " " + tier + " due " + due);
            }
            lines.add(id + " raw " + redis.hlen("mr:interaction:" + id + " " + user));
        }
        lines.add(board.user(user).toString());
        lines.add("ids " + redis.zcard("mr:ids:" + user));
        lines.add("counts " + redis.exists("mr:counts:" + user));
        shortTerm
                .recent(user, Optional.empty(), 50)
                .forEach(turn -> lines.add("turn " + turn.getInteractionId().substring(0, 2)));
        return String.join("\n", lines);
    }

    /** Keys that name the user, or that hold something that does. */
    private List<String> keysAbout(UserKey user) {
        var found = new ArrayList<String>();
        var cursor = ScanParams.SCAN_POINTER_START;
        do {
            var page = redis.scan(cursor, new ScanParams().count(1_000));
            for (var key : page.getResult()) {
                if (key.contains(user.userId()) || holds(key, user.userId())) {
                    found.add(key);
                }
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return found;
    }

    private boolean holds(String key, String text) {
        return switch (redis.type(key)) {
            case "zset" -> redis.zrange(key, 0, -1).stream().anyMatch(member -> member.contains(text));
            case "hash" ->
                redis.hgetAll(key.getBytes(StandardCharsets.UTF_8)).entrySet().stream()
                        .anyMatch(entry -> text(entry.getKey()).contains(text)
                                || text(entry.getValue()).contains(text));
            case "list" -> redis.lrange(key, 0, -1).stream().anyMatch(entry -> entry.contains(text));
            case "set" -> redis.smembers(key).stream().anyMatch(entry -> entry.contains(text));
            default -> throw new IllegalStateException(key + " is of a type that this test does not read");
        };
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
