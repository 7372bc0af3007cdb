package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Source;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.state.KnownFact;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;

/** Tasks, facts and answers for tests. */
final class Talk {

    static final Instant SAID = Instant.parse("2026-05-02T10:00:00Z");
    static final Instant RECORDED = Instant.parse("2026-05-02T10:00:05Z");

    private Talk() {}

    static Message user(String id, String text) {
        return said(id, Role.USER, null, text);
    }

    static Message said(String id, Role role, String author, String text) {
        return new Message(id, role, author, text, SAID);
    }

    static ReflectionTask task(String id, Message... messages) {
        return task(id, List.of(), messages);
    }

    static ReflectionTask task(String id, List<Message> context, Message... messages) {
        return ReflectionTask.newBuilder()
                .setInteractionId(id)
                .setNamespace("default")
                .setUserId("ada")
                .setSessionId("s-1")
                .setTier(Tier.SEMANTIC)
                .setMessages(List.of(messages))
                .setContext(context)
                .setOccurredAt(SAID)
                .setRecordedAt(RECORDED)
                .setPriority(Priority.NORMAL)
                .setCategory("chat")
                .setSource(Source.REST)
                .build();
    }

    static KnownFact known(String id, String object, Instant since) {
        return KnownFact.newBuilder()
                .setMemoryId(id)
                .setSubject("Ada")
                .setPredicate("lives_in")
                .setObject(object)
                .setStatement("Ada lives in " + object + ".")
                .setFunctional(true)
                .setValidFrom(since)
                .build();
    }

    static String episodes(String... summaries) {
        var root = ModelServer.JSON.createObjectNode();
        var episodes = root.putArray("episodes");
        for (var place = 0; place < summaries.length; place++) {
            var episode = episodes.addObject();
            episode.put("interaction", "I" + (place + 1));
            episode.put("summary", summaries[place]);
            episode.putArray("entities").add("Lisbon");
            episode.put("importance", 0.6);
        }
        return root.toString();
    }

    /** One fact about where Ada lives, in the first message of an interaction. */
    static String fact(String interaction, String action, String object, boolean ended, String... replaces) {
        var fact = ModelServer.JSON.createObjectNode();
        fact.put("interaction", interaction);
        fact.putArray("messages").add(interaction + ".1");
        fact.put("action", action);
        var refs = fact.putArray("replaces");
        for (var ref : replaces) {
            refs.add(ref);
        }
        fact.put("subject", "Ada");
        fact.put("predicate", "lives in");
        fact.put("object", object);
        fact.put("statement", "Ada lives in " + object + ".");
        fact.put("single_valued", true);
        fact.put("ended", ended);
        fact.put("confidence", 0.9);
        return fact.toString();
    }

    static String facts(String... facts) {
        return "{\"facts\":[" + String.join(",", facts) + "]}";
    }

    static String procedure(String interaction, String instruction, String... messages) {
        var procedure = ModelServer.JSON.createObjectNode();
        procedure.put("interaction", interaction);
        var refs = procedure.putArray("messages");
        for (var ref : messages) {
            refs.add(ref);
        }
        procedure.put("kind", "instruction");
        procedure.putNull("trigger");
        procedure.put("instruction", instruction);
        procedure.putArray("steps");
        procedure.put("polarity", "do");
        procedure.put("confidence", 0.9);
        procedure.put("importance", 0.8);
        return procedure.toString();
    }

    static String procedures(String... procedures) {
        return "{\"procedures\":[" + String.join(",", procedures) + "]}";
    }

    static <M extends SpecificRecord> Reflection<M> reflection(Reflector<M> reflector, ReflectionTask... tasks) {
        return now(reflector.reflect(ReflectionRequest.of(List.of(tasks))));
    }

    static <M> M now(CompletionStage<M> stage) {
        return stage.toCompletableFuture().getNow(null);
    }

    static <M extends SpecificRecord> List<List<M>> memories(Reflection<M> reflection) {
        if (reflection instanceof Reflection.Failed<M> failed) {
            throw new AssertionError("failed", failed.failure().cause());
        }
        return ((Reflection.Reflected<M>) reflection).memories();
    }

    static ReflectionFailure failure(Reflection<?> reflection) {
        return ((Reflection.Failed<?>) reflection).failure();
    }
}
