package io.memoryreflector.systemtests.eval;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.reflection.offline.OfflineReflectors;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.store.longterm.Delta;
import io.memoryreflector.store.longterm.Memory;
import io.memoryreflector.store.longterm.Validity;
import io.memoryreflector.store.recall.Recall;
import io.memoryreflector.store.recall.RecallQuery;
import io.memoryreflector.store.recall.RecallSettings;
import io.memoryreflector.store.recall.RecalledItem;
import io.memoryreflector.store.recall.Reranker;
import io.memoryreflector.store.recall.Weights;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * A conversation's memories by the offline reflectors, and recall over them, in this process and without any server: a
 * try takes seconds. One thread.
 */
final class InProcess {

    private static final int LIMIT = 100;
    private static final long MAX_BYTES = 1L << 30;
    private static final int CONTEXT = 4;
    private static final Set<Tier> ALL = Set.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    private final UserKey user;
    private final Embedder embedder;
    private final Map<String, float[]> questions;
    private final List<SpecificRecord> events;
    private final List<Memory> memories;
    private final Instant askedAt;

    /** @param questions vectors of questions that were asked before, by their text */
    private InProcess(
            UserKey user,
            Embedder embedder,
            Map<String, float[]> questions,
            List<SpecificRecord> events,
            Instant askedAt) {
        this.user = user;
        this.embedder = embedder;
        this.questions = questions;
        this.events = events;
        this.askedAt = askedAt;
        var ends = Validity.ends(events);
        this.memories = events.stream()
                .map(event -> Memory.of(event, Optional.ofNullable(ends.get(id(event)))))
                .toList();
    }

    /** Reflects on a conversation, one message an interaction. */
    static InProcess of(LabelledConversation conversation, Embedder embedder) {
        var user = new UserKey(UserKey.DEFAULT_NAMESPACE, conversation.id());
        var reflectors = OfflineReflectors.all(embedder);
        var events = new LinkedHashMap<String, SpecificRecord>();
        var said = new ArrayList<Message>();
        var session = "";
        for (var turn : conversation.turns()) {
            if (!session.equals(turn.sessionId())) {
                said.clear();
                session = turn.sessionId();
            }
            var message = message(turn);
            var context = List.copyOf(said.subList(Math.max(0, said.size() - CONTEXT), said.size()));
            reflectors.forEach((tier, reflector) -> reflected(reflector, task(user, turn, message, context, tier))
                    .forEach(memory -> events.put(id(memory), memory)));
            said.add(message);
        }
        var last = conversation.turns().get(conversation.turns().size() - 1);
        return new InProcess(
                user, embedder, new LinkedHashMap<>(), List.copyOf(events.values()), Instant.parse(last.sentAt()));
    }

    /** Recall by these weights. */
    Ranking ranking(Weights weights) {
        var settings = new RecallSettings(weights, embedder::embed, Reranker.NONE);
        var recall =
                new Recall((of, seq) -> new Delta(1, seq == 0, seq == 0 ? memories : List.of()), MAX_BYTES, settings);
        return question -> recall.recall(query(question.text())).stream()
                .map(InProcess::item)
                .toList();
    }

    /** The facts that were found. */
    List<FactScore.Extracted> facts() {
        return events.stream()
                .filter(Fact.class::isInstance)
                .map(Fact.class::cast)
                .map(fact -> new FactScore.Extracted(fact.getStatement(), messages(fact.getSources())))
                .toList();
    }

    /** How many memories of each kind there are. */
    String counted() {
        return memories.stream()
                .collect(Collectors.groupingBy(Memory::tier, java.util.TreeMap::new, Collectors.counting()))
                .toString()
                .toLowerCase(Locale.ROOT);
    }

    private RecallQuery query(String text) {
        return new RecallQuery(
                user,
                text,
                Optional.of(questions.computeIfAbsent(text, embedder::embed)),
                embedder.model(),
                LIMIT,
                ALL,
                Optional.empty(),
                OptionalInt.empty(),
                askedAt);
    }

    private static RankedItem item(RecalledItem item) {
        return RankedItem.of(messages(item.memory().sources()), item.memory().text());
    }

    private static Set<String> messages(List<SourceRef> sources) {
        return sources.stream().map(SourceRef::getMessageId).collect(Collectors.toUnmodifiableSet());
    }

    private static List<? extends SpecificRecord> reflected(Reflector<?> reflector, ReflectionTask task) {
        var reflection = reflector
                .reflect(ReflectionRequest.of(List.of(task)))
                .toCompletableFuture()
                .join();
        if (reflection instanceof Reflection.Reflected<?> reflected) {
            return reflected.memories().get(0);
        }
        throw new IllegalStateException(reflection.toString());
    }

    private static ReflectionTask task(
            UserKey user, LabelledConversation.Turn turn, Message message, List<Message> context, Tier tier) {
        return ReflectionTask.newBuilder()
                .setInteractionId(turn.messageId())
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId(turn.sessionId())
                .setTier(tier)
                .setMessages(List.of(message))
                .setContext(context)
                .setOccurredAt(message.getSentAt())
                .setRecordedAt(message.getSentAt())
                .setPriority(Priority.NORMAL)
                .setSource(Source.REST)
                .build();
    }

    private static Message message(LabelledConversation.Turn turn) {
        return Message.newBuilder()
                .setMessageId(turn.messageId())
                .setRole(Role.valueOf(turn.role().toUpperCase(Locale.ROOT)))
                .setAuthor(turn.speaker())
                .setContent(turn.text())
                .setSentAt(Instant.parse(turn.sentAt()))
                .build();
    }

    private static String id(SpecificRecord memory) {
        return memory instanceof Episode episode
                ? episode.getMemoryId()
                : Handed.ofMemory(memory).orElseThrow().memoryId();
    }
}
