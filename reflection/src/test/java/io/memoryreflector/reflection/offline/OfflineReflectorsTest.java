package io.memoryreflector.reflection.offline;

import static io.memoryreflector.reflection.offline.Tasks.RECORDED;
import static io.memoryreflector.reflection.offline.Tasks.SAID;
import static io.memoryreflector.reflection.offline.Tasks.said;
import static io.memoryreflector.reflection.offline.Tasks.task;
import static io.memoryreflector.reflection.offline.Tasks.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.reflection.ReflectionRequest;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.schemas.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OfflineReflectorsTest {

    private final HashEmbedder embedder = new HashEmbedder();
    private final OfflineReflectors reflectors = OfflineReflectors.with(embedder);

    @Test
    void anEpisodeTellsWhoSaidWhatAndWhen() {
        var episode = episodes(task(
                        Tier.EPISODIC,
                        said("m1", Role.USER, "Caroline", "I went to a support group yesterday with Mel."),
                        said("m2", Role.ASSISTANT, null, "How was it?")))
                .get(0);

        assertThat(episode.getSummary())
                .isEqualTo("Caroline: \"I went to a support group yesterday with Mel.\" (7 May 2024)\n"
                        + "Assistant: \"How was it?\"");
        assertThat(episode.getSources()).containsExactly(new SourceRef("i-1", "m1"), new SourceRef("i-1", "m2"));
        assertThat(episode.getParticipants()).containsExactly("Caroline", "Assistant");
        assertThat(episode.getEntities()).containsExactly("Caroline", "Mel");
        assertThat(episode.getOccurredAt()).isEqualTo(SAID);
        assertThat(episode.getRecordedAt()).isEqualTo(RECORDED);
        assertThat(episode.getReflector().getName()).isEqualTo("offline");
    }

    @Test
    void aGreetingIsAnEpisodeOfLowImportance() {
        assertThat(episodes(task(Tier.EPISODIC, user("m1", "Hi, thanks!")))
                        .get(0)
                        .getImportance())
                .isLessThan(episodes(task(Tier.EPISODIC, user("m1", "The bridge opens in June.")))
                        .get(0)
                        .getImportance());
    }

    @Test
    void aLongMessageIsToldInItsFirstSentences() {
        var text = "The first sentence stands here. " + "Then comes another one of many more. ".repeat(60);

        var summary = episodes(task(Tier.EPISODIC, user("m1", text))).get(0).getSummary();

        assertThat(summary)
                .startsWith("User: \"The first sentence stands here. Then")
                .hasSizeLessThan(640);
        assertThat(summary).endsWith("more. \u2026\"");
    }

    @Test
    void aLongWordIsCutBetweenCharacters() {
        var summary = episodes(task(Tier.EPISODIC, user("m1", "a" + "\ud83d\ude00".repeat(2_000))))
                .get(0)
                .getSummary();

        assertThat(summary).endsWith("\ud83d\ude00\u2026\"").hasSizeLessThan(640);
    }

    @Test
    void aShortTurnIsEmbeddedWithTheTurnBeforeIt() {
        var task = task(Tier.EPISODIC, user("m2", "Yes, in Porto."));
        task.setContext(List.of(said("m1", Role.ASSISTANT, null, "Do you have a flat?")));

        episodes(task);

        assertThat(embedder.calls)
                .containsExactly(List.of("Assistant: \"Do you have a flat?\"\nUser: \"Yes, in Porto.\""));
    }

    @Test
    void aFactIsTrueFromWhenItWasSaidAndNamesItsMessage() {
        var facts = facts(task(Tier.SEMANTIC, user("m1", "Hello!"), user("m2", "I live in Porto.")));

        assertThat(facts).hasSize(1);
        var fact = facts.get(0);
        assertThat(fact.getStatement()).isEqualTo("User lives in Porto.");
        assertThat(fact.getFunctional()).isTrue();
        assertThat(fact.getValidFrom()).isEqualTo(SAID);
        assertThat(fact.getValidTo()).isNull();
        assertThat(fact.getSources()).containsExactly(new SourceRef("i-1", "m2"));
        assertThat(fact.getEmbedding().getModel()).isEqualTo("hash");
        assertThat(Vectors.fromBytes(fact.getEmbedding().getVector()))
                .containsExactly(HashEmbedder.vector("User lives in Porto."));
    }

    @Test
    void aFactSaidTwiceIsOneFactWithBothMessages() {
        assertThat(facts(task(Tier.SEMANTIC, user("m1", "I live in Porto."), user("m2", "I live in Porto!"))))
                .singleElement()
                .satisfies(fact -> assertThat(fact.getSources())
                        .containsExactly(new SourceRef("i-1", "m1"), new SourceRef("i-1", "m2")));
    }

    @Test
    void aFactSaidAgainInNearlyTheSameWordsIsOneFactWithBothMessages() {
        assertThat(facts(task(
                        Tier.SEMANTIC,
                        user("m1", "I painted a big lake sunrise in the garden yesterday."),
                        user("m2", "I painted a lake sunrise in the garden yesterday!"))))
                .singleElement()
                .satisfies(fact -> assertThat(fact.getSources())
                        .containsExactly(new SourceRef("i-1", "m1"), new SourceRef("i-1", "m2")));
    }

    @Test
    void aNoIsAnotherFact() {
        assertThat(facts(task(
                        Tier.SEMANTIC,
                        user("m1", "I painted a big lake sunrise in the garden yesterday."),
                        user("m2", "I never painted a big lake sunrise in the garden yesterday."))))
                .hasSize(2);
    }

    @Test
    void aNameGivenInTheTurnsBeforeStandsForTheRelation() {
        var task = task(Tier.SEMANTIC, user("m2", "My mom works as a nurse."));
        task.setContext(List.of(user("m1", "My mother Anna says hello.")));

        assertThat(facts(task)).extracting(Fact::getStatement).containsExactly("Anna works as a nurse.");
    }

    @Test
    void anAssistantsWordsMakeNoEpisodeImportant() {
        assertThat(episodes(task(
                                Tier.EPISODIC,
                                user("m1", "Any news?"),
                                said("m2", Role.ASSISTANT, null, "Your appointment at the hospital is on Friday.")))
                        .get(0)
                        .getImportance())
                .isEqualTo(0.5);
    }

    @Test
    void anInstructionIsEmbeddedWithItsTrigger() {
        procedures(task(Tier.PROCEDURAL, user("m1", "When I ask for code, use Python.")));

        assertThat(embedder.calls).containsExactly(List.of("When I ask for code: Use Python"));
    }

    @Test
    void aFactThatEndedIsClosedWhenItWasSaid() {
        assertThat(facts(task(Tier.SEMANTIC, user("m1", "I no longer work at Mota."))))
                .singleElement()
                .satisfies(fact -> assertThat(fact.getValidTo()).isEqualTo(SAID));
    }

    @Test
    void bothPeopleOfATalkHaveFactsButAnAssistantHasNone() {
        var text = "I live in Porto.";
        assertThat(facts(task(
                        Tier.SEMANTIC,
                        said("m1", Role.USER, "Ana", text),
                        said("m2", Role.ASSISTANT, "Rui", "I live in Faro."))))
                .extracting(Fact::getStatement)
                .containsExactly("Ana lives in Porto.", "Rui lives in Faro.");
        assertThat(facts(task(
                        Tier.SEMANTIC,
                        said("m1", Role.ASSISTANT, null, text),
                        said("m2", Role.SYSTEM, null, text),
                        said("m3", Role.TOOL, "search", text),
                        said("m4", Role.ASSISTANT, "Assistant", text))))
                .isEmpty();
    }

    @Test
    void aPlanSaysItsDate() {
        assertThat(facts(task(Tier.SEMANTIC, user("m1", "I have a dentist appointment tomorrow at 3pm."))))
                .extracting(Fact::getStatement)
                .containsExactly("User has a dentist appointment tomorrow at 3pm (9 May 2024).");
    }

    @Test
    void onlyTheUserGivesInstructions() {
        assertThat(procedures(task(
                        Tier.PROCEDURAL,
                        user("m1", "Always answer in German."),
                        said("m2", Role.ASSISTANT, null, "Never use emojis."))))
                .singleElement()
                .satisfies(procedure -> {
                    assertThat(procedure.getInstruction()).isEqualTo("Always answer in German");
                    assertThat(procedure.getSources()).containsExactly(new SourceRef("i-1", "m1"));
                    assertThat(procedure.getValidFrom()).isEqualTo(SAID);
                });
    }

    @Test
    void aBatchIsEmbeddedInOneCallAndAnsweredInItsOrder() {
        var reflection = reflected(
                reflectors.semantic(),
                List.of(
                        task(Tier.SEMANTIC, user("m1", "I live in Porto. I like tea.")),
                        task(Tier.SEMANTIC, user("m2", "Hello!")),
                        task(Tier.SEMANTIC, user("m3", "I hate fog."))));

        assertThat(reflection).extracting(List::size).containsExactly(2, 0, 1);
        assertThat(embedder.calls)
                .containsExactly(List.of("User lives in Porto.", "User likes tea.", "User dislikes fog."));
    }

    @ParameterizedTest
    @EnumSource(names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void everyTierHasItsReflectorThatAnswersAtOnce(Tier tier) {
        var reflector = OfflineReflectors.all(embedder).get(tier);

        assertThat(reflector.tier()).isEqualTo(tier);
        assertThat(reflector.immediate()).isTrue();
        assertThat(reflector.version().getName()).isEqualTo("offline");
    }

    @ParameterizedTest
    @EnumSource(names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void theSameTaskGivesTheSameBytes(Tier tier) {
        var task =
                task(tier, user("m1", "I live in Porto since last year. Always answer in German. My dog Rex snores."));

        var first = bytes(OfflineReflectors.all(new HashEmbedder()).get(tier), task);

        assertThat(first)
                .isNotEmpty()
                .isEqualTo(bytes(OfflineReflectors.all(new HashEmbedder()).get(tier), task));
    }

    @Test
    void anEmbedderThatFailsFailsTheBatchAndThrowsNothing() {
        var broken = OfflineReflectors.with(new Embedder() {
            @Override
            public String model() {
                return "broken";
            }

            @Override
            public List<float[]> embed(List<String> texts) {
                throw new IllegalStateException("no model");
            }
        });

        assertThat(broken.episodic()
                        .reflect(ReflectionRequest.of(List.of(task(Tier.EPISODIC, user("m1", "Hello")))))
                        .toCompletableFuture()
                        .join())
                .isInstanceOfSatisfying(
                        Reflection.Failed.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo("permanent"));
    }

    @Property(tries = 300)
    void anyTextIsReadToItsEndAndEveryMemoryHasItsSource(@ForAll @Size(max = 4) List<String> texts) {
        var all = OfflineReflectors.with(new HashEmbedder());
        var messages = new Message[texts.size() + 1];
        messages[0] = user("m0", "I like " + texts);
        for (var i = 0; i < texts.size(); i++) {
            messages[i + 1] = user("m" + (i + 1), texts.get(i));
        }

        assertThat(reflected(all.episodic(), List.of(task(Tier.EPISODIC, messages)))
                        .get(0))
                .singleElement()
                .satisfies(episode -> assertThat(episode.getSources()).hasSize(messages.length));
        assertThat(reflected(all.semantic(), List.of(task(Tier.SEMANTIC, messages)))
                        .get(0))
                .allSatisfy(fact -> assertThat(fact.getSources()).isNotEmpty());
        assertThat(reflected(all.procedural(), List.of(task(Tier.PROCEDURAL, messages)))
                        .get(0))
                .allSatisfy(procedure -> assertThat(procedure.getSources()).isNotEmpty());
    }

    private List<Episode> episodes(ReflectionTask task) {
        return reflected(reflectors.episodic(), List.of(task)).get(0);
    }

    private List<Fact> facts(ReflectionTask task) {
        return reflected(reflectors.semantic(), List.of(task)).get(0);
    }

    private List<Procedure> procedures(ReflectionTask task) {
        return reflected(reflectors.procedural(), List.of(task)).get(0);
    }

    private static <M extends SpecificRecord> List<List<M>> reflected(
            Reflector<M> reflector, List<ReflectionTask> tasks) {
        var reflection = reflector
                .reflect(ReflectionRequest.of(tasks))
                .toCompletableFuture()
                .getNow(null);
        assertThat(reflection).isInstanceOf(Reflection.Reflected.class);
        return ((Reflection.Reflected<M>) reflection).memories();
    }

    private static byte[] bytes(Reflector<?> reflector, ReflectionTask task) {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            for (var memory : reflected(reflector, List.of(task)).get(0)) {
                new SpecificDatumWriter<SpecificRecord>(memory.getSchema()).write(memory, encoder);
            }
            encoder.flush();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
