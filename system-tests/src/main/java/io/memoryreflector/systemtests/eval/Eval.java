package io.memoryreflector.systemtests.eval;

import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import io.memoryreflector.systemtests.http.MemoryApi;
import io.memoryreflector.systemtests.http.Reflected;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import tools.jackson.databind.JsonNode;

/**
 * Replays labelled conversations through REST, one message an interaction, waits until all is reflected, asks their
 * questions and prints evidence recall, MRR, what fits into a prompt and latency by category; beside it plain BM25 and
 * plain dense retrieval over the same messages, and by how much ours is ahead. Facts are scored too.
 *
 * <p>Arguments: the files. {@code INGEST_URL} names the service. Messages of one conversation are posted in their
 * order, a few under way at once.
 */
public final class Eval {

    private static final int LIMIT = 100;
    private static final int UNDER_WAY = 16;
    private static final Duration REFLECTED_WITHIN = Duration.ofMinutes(10);

    private Eval() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.err.println("DATA: is missing, takes one or more JSON files of labelled conversations");
            System.exit(2);
        }
        var url = System.getenv().getOrDefault("INGEST_URL", "http://127.0.0.1:8080");
        var api = new MemoryApi(URI.create(url));
        var embedder = new MiniLmEmbedder();
        var report = new Report(System.out);
        var systems = new ArrayList<Map<String, List<Scored>>>();
        var facts = new LinkedHashMap<String, FactScore>();
        for (var file : args) {
            var conversation = LabelledConversation.read(Path.of(file));
            replay(api, conversation);
            var ours = recall(api, conversation.id()).score(conversation.answerable());
            report.byCategory(conversation.id(), ours);
            systems.add(Baselines.beside(ours, conversation, embedder));
            report.beside(conversation.id(), systems.get(systems.size() - 1));
            facts.put(conversation.id(), FactScore.of(conversation, facts(api, conversation.id())));
        }
        if (args.length > 1) {
            var all = Report.joined(systems);
            report.byCategory("all", all.get(Baselines.OURS));
            report.beside("all", all);
        }
        report.facts(facts);
    }

    private static Ranking recall(MemoryApi api, String user) {
        return question -> api.recall(user, question.text(), LIMIT)
                .path("items")
                .valueStream()
                .map(item -> RankedItem.of(messages(item), item.path("text").asString()))
                .toList();
    }

    private static List<FactScore.Extracted> facts(MemoryApi api, String user) {
        return api.memories(user, "semantic").stream()
                .map(fact -> new FactScore.Extracted(fact.path("text").asString(), messages(fact)))
                .toList();
    }

    private static Set<String> messages(JsonNode memory) {
        return memory.path("sources")
                .valueStream()
                .map(source -> source.path("message_id").asString())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void replay(MemoryApi api, LabelledConversation conversation) throws InterruptedException {
        var user = conversation.id();
        var turns = conversation.turns();
        var started = System.nanoTime();
        var underWay = new ArrayList<CompletableFuture<MemoryApi.Answer>>();
        try (var bar = new ProgressBar("sent " + user, turns.size())) {
            for (var turn : turns) {
                underWay.add(api.postAsync(interaction(user, turn)));
                if (underWay.size() == UNDER_WAY) {
                    accept(underWay);
                    bar.stepBy(UNDER_WAY);
                }
            }
            accept(underWay);
            bar.stepTo(turns.size());
        }
        var sent = seconds(started);
        try (var bar = new ProgressBar("reflected " + user, turns.size())) {
            Reflected.await(api, user, turns.size(), REFLECTED_WITHIN, bar::stepTo);
        }
        var reflected = seconds(started);
        System.out.printf(
                Locale.ROOT,
                "%s: %d messages sent in %.1f s (%.0f/s), all recallable after %.1f s (%.0f/s)%n",
                user,
                turns.size(),
                sent,
                turns.size() / sent,
                reflected,
                turns.size() / reflected);
    }

    private static Map<String, Object> interaction(String user, LabelledConversation.Turn turn) {
        var message = new LinkedHashMap<String, Object>();
        message.put("message_id", turn.messageId());
        message.put("role", turn.role());
        message.put("author", turn.speaker());
        message.put("content", turn.text());
        message.put("sent_at", turn.sentAt());
        var interaction = new LinkedHashMap<String, Object>();
        interaction.put("interaction_id", user + ":" + turn.messageId());
        interaction.put("user_id", user);
        interaction.put("session_id", turn.sessionId());
        interaction.put("occurred_at", turn.sentAt());
        interaction.put("messages", List.of(message));
        return interaction;
    }

    private static void accept(List<CompletableFuture<MemoryApi.Answer>> underWay) {
        for (var future : underWay) {
            var answer = future.join();
            if (answer.status() != 202) {
                throw new IllegalStateException("expected 202, got " + answer.status() + " " + answer.body());
            }
        }
        underWay.clear();
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
