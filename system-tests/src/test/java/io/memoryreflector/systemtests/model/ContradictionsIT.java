package io.memoryreflector.systemtests.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.systemtests.http.MemoryApi;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who moved twice, changed jobs and renamed the dog: what is true now and what was, in whatever order it is heard. */
class ContradictionsIT {

    private static final Duration IN_THE_GRAPH = Duration.ofSeconds(60);

    /** The place in the list is the day on which it was said. */
    private static final List<String> STORY = List.of(
            "I live in Lisbon.",
            "I work at Acme.",
            "My dog is called Biscuit.",
            "I moved to Porto.",
            "I started at Globex.",
            "We renamed the dog to Rusty.",
            "I moved to Berlin.",
            "I moved to Lisbon.");

    /** The days over which something held; until -1 for what still does. */
    private record Days(int since, int until) {}

    private static final Map<String, List<Days>> TRUTH = new TreeMap<>(Map.of(
            "Ada lives in Lisbon.", List.of(new Days(0, 3), new Days(7, -1)),
            "Ada lives in Porto.", List.of(new Days(3, 6)),
            "Ada lives in Berlin.", List.of(new Days(6, 7)),
            "Ada works at Acme.", List.of(new Days(1, 4)),
            "Ada works at Globex.", List.of(new Days(4, -1)),
            "Ada's dog is called Biscuit.", List.of(new Days(2, 5)),
            "Ada's dog is called Rusty.", List.of(new Days(5, -1))));

    private static ModelStack model;
    private static MemoryApi api;

    @BeforeAll
    static void start() throws Exception {
        model = ModelStack.start(Part.whole());
        api = new MemoryApi(URI.create(model.stack().ingestUrl()));
    }

    @AfterAll
    static void stop() {
        model.close();
    }

    @Test
    void shouldKnowWhatHoldsAndWhatHeldHoweverItArrives() {
        var orders = orders();
        for (int step = 0; step < STORY.size(); step++) {
            var said = new ArrayList<Interaction>();
            for (int order = 0; order < orders.size(); order++) {
                said.add(said("one-by-one-" + order, orders.get(order).get(step)));
            }
            model.send(said);
            model.awaitFinal(said.stream().map(Interaction::getInteractionId).toList());
        }

        for (int order = 0; order < orders.size(); order++) {
            assertKnown("one-by-one-" + order, orders.get(order));
        }
    }

    @Test
    void shouldKnowItToo_whenAllArrivesAtOnce() {
        var orders = orders();
        var said = new ArrayList<Interaction>();
        for (int order = 0; order < orders.size(); order++) {
            for (var day : orders.get(order)) {
                said.add(said("at-once-" + order, day));
            }
        }
        model.send(said);
        model.awaitFinal(said.stream().map(Interaction::getInteractionId).toList());

        for (int order = 0; order < orders.size(); order++) {
            assertKnown("at-once-" + order, orders.get(order));
        }
    }

    private static void assertKnown(String user, List<Integer> order) {
        await().atMost(IN_THE_GRAPH).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> assertThat(facts(user))
                .as("order " + order)
                .isEqualTo(TRUTH));
        for (var question : Map.of(
                        "Where do I live?", "Ada lives in Lisbon.",
                        "Where do I work?", "Ada works at Globex.",
                        "What is my dog called?", "Ada's dog is called Rusty.")
                .entrySet()) {
            var current = api.recall(user, question.getKey(), 25)
                    .path("items")
                    .valueStream()
                    .filter(item -> item.path("tier").asString().equals("semantic"))
                    .filter(item -> item.path("valid_to").asString("").isEmpty())
                    .map(item -> item.path("text").asString())
                    .toList();
            assertThat(current).as(user + ": " + question.getKey()).contains(question.getValue());
            assertThat(TRUTH).as(user).containsKeys(current.toArray(String[]::new));
            assertThat(current).as(user).doesNotHaveDuplicates().allMatch(ContradictionsIT::holds);
        }
    }

    private static boolean holds(String text) {
        return TRUTH.get(text).stream().anyMatch(days -> days.until() == -1);
    }

    private static Map<String, List<Days>> facts(String user) {
        var facts = new TreeMap<String, List<Days>>();
        var page = api.get("/api/v1/users/" + user + "/memories?tier=semantic&limit=100")
                .body();
        for (var memory : page.path("memories")) {
            facts.computeIfAbsent(memory.path("text").asString(), unused -> new ArrayList<>())
                    .add(new Days(
                            day(memory.path("valid_from").asString("")),
                            day(memory.path("valid_to").asString(""))));
        }
        facts.values().forEach(each -> each.sort(Comparator.comparingInt(Days::since)));
        return facts;
    }

    private static int day(String time) {
        return time.isEmpty()
                ? -1
                : (int) Duration.between(ModelStack.AT, Instant.parse(time)).toDays();
    }

    private static Interaction said(String user, int day) {
        return ModelStack.said(user, user + ":" + day, day, STORY.get(day));
    }

    /** As it was said, backwards, and six more. */
    private static List<List<Integer>> orders() {
        var forwards = IntStream.range(0, STORY.size()).boxed().toList();
        var orders = new ArrayList<List<Integer>>();
        orders.add(forwards);
        var backwards = new ArrayList<>(forwards);
        Collections.reverse(backwards);
        orders.add(backwards);
        for (int seed = 0; seed < 6; seed++) {
            var order = new ArrayList<>(forwards);
            Collections.shuffle(order, new Random(seed));
            orders.add(order);
        }
        return orders;
    }
}
