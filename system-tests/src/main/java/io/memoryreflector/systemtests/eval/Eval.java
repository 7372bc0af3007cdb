package io.memoryreflector.systemtests.eval;

import io.memoryreflector.systemtests.http.MemoryApi;
import io.memoryreflector.systemtests.http.Reflected;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;

/**
 * Replays labelled conversations through REST, one message an interaction, waits until all is reflected, asks their
 * questions and prints evidence recall, MRR and latency.
 *
 * <p>Arguments: the files. {@code INGEST_URL} names the service. Messages of one conversation are posted in their
 * order, a few under way at once.
 */
public final class Eval {

    private static final int LIMIT = 25;
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
        var scores = new ArrayList<Scored>();
        for (var file : args) {
            var conversation = LabelledConversation.read(Path.of(file));
            replay(api, conversation);
            var scored = ask(api, conversation);
            print(conversation.id(), scored);
            scores.addAll(scored);
        }
        if (args.length > 1) {
            print("all", scores);
        }
    }

    /** One question's scores. */
    record Scored(String category, double at5, double at10, double at25, double reciprocalRank, double tookMs) {}

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

    private static List<Scored> ask(MemoryApi api, LabelledConversation conversation) {
        var scored = new ArrayList<Scored>();
        for (var question : conversation.answerable()) {
            var started = System.nanoTime();
            var recalled = api.recall(conversation.id(), question.text(), LIMIT);
            var took = (System.nanoTime() - started) / 1e6;
            var ranked = recalled.path("items")
                    .valueStream()
                    .map(item -> item.path("sources")
                            .valueStream()
                            .map(source -> source.path("message_id").asString())
                            .collect(Collectors.toSet()))
                    .toList();
            scored.add(score(question, ranked, took));
        }
        return scored;
    }

    private static Scored score(LabelledConversation.Question question, List<Set<String>> ranked, double tookMs) {
        return new Scored(
                question.category(),
                RecallScore.at(5, ranked, question.evidence()),
                RecallScore.at(10, ranked, question.evidence()),
                RecallScore.at(25, ranked, question.evidence()),
                RecallScore.reciprocalRank(ranked, question.evidence()),
                tookMs);
    }

    private static void print(String name, List<Scored> scores) {
        var byCategory = new HashMap<String, List<Scored>>();
        scores.forEach(s ->
                byCategory.computeIfAbsent(s.category(), c -> new ArrayList<>()).add(s));
        System.out.printf("%n%-24s %9s %6s %6s %6s %6s%n", name, "questions", "R@5", "R@10", "R@25", "MRR");
        byCategory.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(category -> line("  " + category.getKey(), category.getValue()));
        line("  all", scores);
        var took = scores.stream().mapToDouble(Scored::tookMs).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "  recall latency over HTTP: p50 %.1f ms, p95 %.1f ms%n",
                percentile(took, 0.50),
                percentile(took, 0.95));
    }

    private static void line(String name, List<Scored> scores) {
        System.out.printf(
                Locale.ROOT,
                "%-24s %9d %6.1f %6.1f %6.1f %6.1f%n",
                name,
                scores.size(),
                100 * scores.stream().mapToDouble(Scored::at5).average().orElse(0),
                100 * scores.stream().mapToDouble(Scored::at10).average().orElse(0),
                100 * scores.stream().mapToDouble(Scored::at25).average().orElse(0),
                100
                        * scores.stream()
                                .mapToDouble(Scored::reciprocalRank)
                                .average()
                                .orElse(0));
    }

    private static double percentile(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
