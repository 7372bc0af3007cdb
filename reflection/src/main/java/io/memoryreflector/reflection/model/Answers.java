package io.memoryreflector.reflection.model;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.model.http.Deadline;
import io.memoryreflector.schemas.UserKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The answers of the three tiers, from the cache or from the model, with the vectors of all that was found. Thread-safe.
 *
 * <p>Where calls are shared the semantic tier asks for all three, since it is the one that knows what is known, and what
 * it was told for the others lies in the cache for them.
 */
final class Answers {

    private final Interview interview;
    private final TimedEmbedder embedder;
    private final AnswerCache cache;
    private final ModelMetrics metrics;
    private final boolean shareCalls;
    private final Duration timeout;
    private final Map<Tier, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();

    Answers(
            Interview interview,
            TimedEmbedder embedder,
            AnswerCache cache,
            ModelMetrics metrics,
            boolean shareCalls,
            Duration timeout) {
        this.interview = interview;
        this.embedder = embedder;
        this.cache = cache;
        this.metrics = metrics;
        this.shareCalls = shareCalls;
        this.timeout = timeout;
    }

    Duration timeout() {
        return timeout;
    }

    String embeddingModel() {
        return embedder.model();
    }

    Bill bill(Tier tier, String namespace) {
        return new Bill(metrics, scope(tier), namespace);
    }

    /** Calls back with a user's key when answers of this tier have come with another tier's; the result ends it. */
    Runnable onAnswered(Tier tier, Consumer<String> listener) {
        var ofTier = listeners.computeIfAbsent(tier, unused -> new CopyOnWriteArrayList<>());
        ofTier.add(listener);
        return () -> ofTier.remove(listener);
    }

    /** Drops what is kept of what a user said. */
    void forget(UserKey user) {
        cache.forget(user);
    }

    /** The findings for all of the tasks, if none of them needs a call. */
    Optional<List<Finding>> atHand(Tier tier, List<ReflectionTask> tasks) {
        var findings = new ArrayList<Finding>(tasks.size());
        for (var task : tasks) {
            var finding = cache.get(cache.key(task, tier)).filter(Finding::hasVectors);
            if (finding.isEmpty()) {
                return Optional.empty();
            }
            findings.add(finding.get());
        }
        metrics.cache(tier, true, tasks.size());
        return Optional.of(findings);
    }

    /**
     * The finding for each task, in order.
     *
     * @throws RuntimeException as {@link ModelFailures} reads it
     */
    List<Finding> findings(Tier tier, ReflectionRequest request, Deadline deadline, Bill bill) {
        var keys = request.tasks().stream().map(task -> cache.key(task, tier)).toList();
        var findings = new HashMap<AnswerCache.Key, Finding>();
        keys.forEach(key -> cache.get(key).ifPresent(finding -> findings.put(key, finding)));
        var missing = new LinkedHashSet<>(keys);
        missing.removeAll(findings.keySet());
        metrics.cache(tier, true, keys.size() - missing.size());
        metrics.cache(tier, false, missing.size());
        if (!missing.isEmpty()) {
            var tasks = missing.stream()
                    .map(keys::indexOf)
                    .map(request.tasks()::get)
                    .toList();
            var question = new Question(scope(tier), tasks, request.known());
            var extracts = interview.ask(question, deadline, bill);
            keep(question.scope(), List.copyOf(missing), extracts, findings);
        }
        request.answered().run();
        embed(findings, deadline);
        tell(tier, request.tasks().get(0));
        return keys.stream().map(findings::get).toList();
    }

    /** Kept before they have vectors: if those fail, the next attempt asks for vectors alone. */
    private void keep(
            Scope scope, List<AnswerCache.Key> keys, List<Extract> extracts, Map<AnswerCache.Key, Finding> findings) {
        for (var place = 0; place < keys.size(); place++) {
            for (var tier : scope.tiers()) {
                var key = keys.get(place).in(tier);
                var finding = Finding.withoutVectors(extracts.get(place).of(tier));
                findings.put(key, finding);
                cache.put(key, finding);
            }
        }
    }

    private void embed(Map<AnswerCache.Key, Finding> findings, Deadline deadline) {
        var bare = findings.entrySet().stream()
                .filter(entry -> !entry.getValue().hasVectors())
                .toList();
        var texts = bare.stream()
                .flatMap(entry -> entry.getValue().found().stream())
                .map(Found::text)
                .toList();
        if (texts.isEmpty()) {
            return;
        }
        var vectors = embedder.embed(texts, deadline).iterator();
        for (var entry : bare) {
            var found = entry.getValue().found();
            var ofEntry = Stream.generate(vectors::next).limit(found.size()).toList();
            var finding = new Finding(found, ofEntry);
            entry.setValue(finding);
            cache.put(entry.getKey(), finding);
        }
    }

    private void tell(Tier asked, ReflectionTask task) {
        var user = new UserKey(task.getNamespace(), task.getUserId()).toString();
        scope(asked).tiers().stream()
                .filter(tier -> tier != asked)
                .map(listeners::get)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .forEach(listener -> listener.accept(user));
    }

    private Scope scope(Tier tier) {
        return shareCalls && tier == Tier.SEMANTIC ? Scope.ALL : Scope.of(tier);
    }
}
