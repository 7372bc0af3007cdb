package io.memoryreflector.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.localstack.Part;
import io.memoryreflector.systemtests.faults.agent.Behaviour;
import io.memoryreflector.systemtests.faults.agent.Bug;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The harness is not blind: each planted bug is found by the verdict, and without one there is nothing to find. */
@Tag("long")
class PlantedBugsIT {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Behaviour FAILING = Behaviour.failing();

    /** Calls take up to eight seconds, so that a kill meets many of them under way. */
    private static final Behaviour SLOW = new Behaviour(false, 8_000, 0.3, 0.02, Optional.empty());

    /** What makes the bug visible, and any of what it must then be found by. */
    private record Case(List<Fault> faults, Set<Flaw> foundBy) {}

    private static final Map<Bug, Case> CASES = new EnumMap<>(Map.ofEntries(
            found(Bug.ACKNOWLEDGE_BEFORE_PRODUCE, kill(Part.INGEST), Flaw.NOT_IN_LOG),
            found(
                    Bug.STATUS_BEFORE_MEMORY,
                    List.of(new Fault(Fault.Kind.SINK_STOPPED, List.of(), Duration.ofSeconds(8))),
                    Flaw.SHOWN_TOO_EARLY),
            found(Bug.DROP_A_TIER, List.of(), Flaw.NO_MEMORY),
            found(Bug.FORGET_PENDING, killTwice(Part.REFLECTOR), Flaw.NO_MEMORY),
            found(Bug.RANDOM_ID, List.of(), Flaw.UNKNOWN_MEMORY),
            found(Bug.LOSE_A_RETRY, List.of(), Flaw.NO_MEMORY),
            found(Bug.LATE_COMPLETION, List.of(), Flaw.TWO_MEMORIES),
            found(Bug.DEDUP_OFF, List.of(), Flaw.TWO_MEMORIES),
            found(Bug.NO_TRANSACTIONS, killTwice(Part.REFLECTOR), Flaw.TWO_MEMORIES),
            found(Bug.NO_DEAD_LETTER, List.of(), Flaw.FAILED_WITHOUT_DEAD_LETTER),
            found(Bug.COMMIT_BEFORE_STORE, killAtWork(Part.CONNECT, 3_500), Flaw.NOT_IN_GRAPH, Flaw.NOT_ON_BOARD),
            found(Bug.SKIP_RECORDS, List.of(), Flaw.NOT_IN_GRAPH, Flaw.NOT_ON_BOARD),
            found(
                    Bug.SWALLOW_REFUSAL,
                    List.of(new Fault(Fault.Kind.REDIS_FULL, List.of(), Duration.ofSeconds(5))),
                    Flaw.NOT_ON_BOARD,
                    Flaw.WRONG_COUNTS)));

    private static FaultyStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = FaultyStack.start(FAILING, Duration.ofSeconds(10));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldFindNothingWhereNoBugIsPlanted() throws Exception {
        stack.behave(FAILING);

        var verdict = run("clean", FAILING, kill(Part.REFLECTOR));

        assertThat(verdict.isClean()).as(verdict.table()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void shouldFindThePlantedBug(Bug bug) throws Exception {
        var planted = (bug == Bug.FORGET_PENDING ? SLOW : FAILING).with(bug);
        stack.behave(planted);

        var verdict = run("bug" + bug.ordinal(), planted, CASES.get(bug).faults());

        System.out.println(bug + " found by " + verdict.findings().flaws());
        assertThat(verdict.findings().flaws())
                .as(bug + "\n" + verdict.table())
                .containsAnyElementsOf(CASES.get(bug).foundBy());
        assertThat(verdict.isClean()).isFalse();
    }

    private static Verdict run(String name, Behaviour behaviour, List<Fault> faults) throws Exception {
        var plan = new Plan(name, 1, 300, faults, behaviour, LONGEST, PATIENCE);
        var begun = System.nanoTime();
        try {
            return new FaultRun(stack.stack(), plan, (doing, done) -> {}).run();
        } finally {
            System.out.printf("%s: %d s%n", name, (System.nanoTime() - begun) / 1_000_000_000);
        }
    }

    private static List<Fault> kill(Part part) {
        return List.of(new Fault(Fault.Kind.KILL, List.of(part), Duration.ZERO));
    }

    /** The probe of a harmless fault shows that the sinks are at work; the kill then comes amid a flow. */
    private static List<Fault> killAtWork(Part part, long afterMs) {
        return List.of(
                new Fault(Fault.Kind.CUT, List.of(), Duration.ZERO),
                new Fault(Fault.Kind.KILL, List.of(part), Duration.ofMillis(afterMs)));
    }

    /** The first kill may come before anything is under way; before the second, its probe has passed. */
    private static List<Fault> killTwice(Part part) {
        return List.of(kill(part).get(0), kill(part).get(0));
    }

    private static Map.Entry<Bug, Case> found(Bug bug, List<Fault> faults, Flaw... foundBy) {
        return Map.entry(bug, new Case(faults, EnumSet.copyOf(List.of(foundBy))));
    }
}
