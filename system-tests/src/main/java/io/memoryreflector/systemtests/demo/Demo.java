package io.memoryreflector.systemtests.demo;

import io.memoryreflector.systemtests.http.MemoryApi;
import io.memoryreflector.systemtests.http.Reflected;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays a sample conversation over several sessions to a running system, waits until it is reflected, asks five
 * questions and shows what is recalled, with sources. Ends with 1 if an answer is not among what is recalled.
 */
public final class Demo {

    private static final int LIMIT = 3;

    private Demo() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var url = System.getenv().getOrDefault("INGEST_URL", "http://127.0.0.1:8080");
        var api = new MemoryApi(URI.create(url));
        var script = script();
        var user = script.path("user_id").asString();
        var started = System.nanoTime();
        var turns = play(api, user, script);
        System.out.printf("%nSent %d turns in %d ms. Reflecting...%n", turns, millis(started));
        Reflected.await(api, user, turns, Duration.ofMinutes(2), done -> {});
        System.out.printf("All recallable %d ms after the first was sent.%n", millis(started));
        var missed = ask(api, user, script);
        if (missed > 0) {
            System.out.printf(
                    "%n%d of %d questions were not answered from memory.%n",
                    missed, script.path("questions").size());
            System.exit(1);
        }
        System.out.printf(
                "%nAll %d questions were answered from memory. Try one yourself:%n",
                script.path("questions").size());
        System.out.printf(
                "  curl -s '%s/api/v1/users/%s/recall?query=Where+do+I+live' | python3 -m json.tool%n", url, user);
    }

    private static JsonNode script() throws IOException {
        try (var resource = Demo.class.getResourceAsStream("/demo/conversation.json")) {
            return JsonMapper.shared().readTree(resource);
        }
    }

    private static int play(MemoryApi api, String user, JsonNode script) {
        var turns = 0;
        for (var session : script.path("sessions")) {
            System.out.printf(
                    "%nSession %s, %s%n",
                    session.path("session_id").asString(), session.path("date").asString());
            for (var turn : session.path("turns")) {
                turns++;
                var messageId = "m" + turns;
                System.out.println("  " + messageId + " " + turn.path("user").asString());
                var answer = api.post(interaction(user, session, turn, messageId));
                if (answer.status() != 202) {
                    throw new IllegalStateException("expected 202, got " + answer.status() + " " + answer.body());
                }
            }
        }
        return turns;
    }

    private static Map<String, Object> interaction(String user, JsonNode session, JsonNode turn, String messageId) {
        var at = session.path("date").asString() + "T" + turn.path("at").asString() + ":00Z";
        var messages = new ArrayList<Map<String, Object>>();
        messages.add(message(messageId, "user", turn.path("user").asString(), at));
        if (turn.has("assistant")) {
            messages.add(
                    message(messageId + "a", "assistant", turn.path("assistant").asString(), at));
        }
        var interaction = new LinkedHashMap<String, Object>();
        interaction.put("interaction_id", user + "-" + messageId);
        interaction.put("user_id", user);
        interaction.put("session_id", session.path("session_id").asString());
        interaction.put("occurred_at", at);
        interaction.put("messages", messages);
        return interaction;
    }

    private static Map<String, Object> message(String id, String role, String content, String at) {
        return Map.of("message_id", id, "role", role, "content", content, "sent_at", at);
    }

    private static int ask(MemoryApi api, String user, JsonNode script) {
        var missed = 0;
        for (var question : script.path("questions")) {
            System.out.printf("%n? %s%n", question.path("question").asString());
            var expected = question.path("source").asString();
            var recalled = api.recall(user, question.path("question").asString(), LIMIT);
            var found = false;
            for (var item : recalled.path("items")) {
                var sources = new TreeSet<String>();
                item.path("sources")
                        .forEach(s -> sources.add(s.path("message_id").asString()));
                found |= sources.contains(expected);
                System.out.printf(
                        "  %-10s %.2f  %s  %s%n",
                        item.path("tier").asString(),
                        item.path("score").asDouble(),
                        item.path("text").asString(),
                        List.copyOf(sources));
            }
            System.out.printf("  %s%n", found ? "answered by " + expected : "MISSED: expected " + expected);
            missed += found ? 0 : 1;
        }
        return missed;
    }

    private static long millis(long started) {
        return (System.nanoTime() - started) / 1_000_000;
    }
}
