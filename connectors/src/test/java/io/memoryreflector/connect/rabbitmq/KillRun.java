package io.memoryreflector.connect.rabbitmq;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Publishes persistent messages with a client that is not Java while the broker and the Connect worker are killed in
 * turn, and counts by id what has become of them.
 */
final class KillRun {

    /** How long the flow goes on between two kills. */
    private static final Duration BETWEEN = Duration.ofSeconds(3);

    /** Each waits for the confirmation of one message before the next. */
    private static final int PUBLISHERS = 16;

    private final RunningSource source;

    KillRun(RunningSource source) {
        this.source = source;
    }

    /**
     * What was found.
     *
     * @param inLog records of the log, repeats included
     * @param flaws what is missing or there twice; none is the aim
     */
    record Verdict(int published, int kills, int inLog, int reflected, long seconds, List<String> flaws) {}

    /**
     * @param count a multiple of the publishers
     * @param kills of each of the two, while messages are published or what has piled up is carried
     */
    Verdict run(int first, int count, int kills, Duration timeout) throws Exception {
        var begun = System.nanoTime();
        var publishers = new ArrayList<Process>();
        for (var number = 0; number < PUBLISHERS; number++) {
            publishers.add(source.publisher(first + number * (count / PUBLISHERS), count / PUBLISHERS));
        }
        var killed = 0;
        while (killed < 2 * kills) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
            var part = killed % 2 == 0 ? Part.RABBITMQ : Part.CONNECT;
            source.kill(part);
            source.restart(part);
            // The next kill is to meet a flow.
            source.awaitConsumer();
            killed++;
        }
        for (var publisher : publishers) {
            RunningSource.await(publisher, timeout);
        }
        var expected = IntStream.range(first, first + count)
                .mapToObj(number -> "job-" + number)
                .collect(Collectors.toSet());
        var interval = Duration.ofSeconds(2 + count / 10_000);
        Awaitility.await().pollInterval(interval).atMost(timeout).until(() -> log().stream()
                .map(Interaction::getInteractionId)
                .collect(Collectors.toSet())
                .containsAll(expected));
        System.out.printf(
                "%d kills; all %d jobs are in the log after %d s, in %d records; %d are not acknowledged%n",
                killed,
                count,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                log().size(),
                source.notAcknowledged());
        Awaitility.await().pollInterval(interval).atMost(timeout).until(() -> completed()
                .containsAll(expected));
        return verdict(expected, killed, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
    }

    private Verdict verdict(Set<String> expected, int killed, long seconds) throws Exception {
        var flaws = new ArrayList<String>();
        var log = log();
        var inLog = log.stream().map(Interaction::getInteractionId).collect(Collectors.toSet());
        missing(flaws, "the log", expected, inLog);
        var seen = new HashSet<String>();
        var episodes = source.events(Topics.EPISODIC, Episode.class);
        for (var episode : episodes) {
            if (!seen.add(episode.getMemoryId())) {
                flaws.add("twice: " + episode.getMemoryId());
            }
        }
        var remembered = episodes.stream()
                .flatMap(episode -> episode.getSources().stream())
                .map(reference -> reference.getInteractionId())
                .collect(Collectors.toSet());
        missing(flaws, "the episodes", expected, remembered);
        var left = source.notAcknowledged();
        if (left > 0) {
            flaws.add(left + " left in the queue");
        }
        return new Verdict(
                expected.size(),
                killed,
                (int) log.stream()
                        .filter(interaction -> expected.contains(interaction.getInteractionId()))
                        .count(),
                (int) completed().stream().filter(expected::contains).count(),
                seconds,
                flaws);
    }

    private List<Interaction> log() {
        return source.events(Topics.INTERACTIONS, Interaction.class).stream()
                .filter(interaction -> interaction.getInteractionId().startsWith("job-"))
                .toList();
    }

    private static void missing(List<String> flaws, String where, Set<String> expected, Set<String> found) {
        var missing = expected.stream().filter(id -> !found.contains(id)).count();
        if (missing > 0) {
            flaws.add(missing + " missing in " + where);
        }
    }

    private Set<String> completed() {
        return source.events(Topics.REFLECTIONS, ReflectionStatus.class).stream()
                .filter(status -> status.getState() == ReflectionState.COMPLETED)
                .map(ReflectionStatus::getInteractionId)
                .collect(Collectors.toSet());
    }
}
