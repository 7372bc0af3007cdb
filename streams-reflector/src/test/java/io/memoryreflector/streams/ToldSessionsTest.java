package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.ReflectionOutcome;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.SessionEnded;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.ReflectionFailure;
import io.memoryreflector.reflection.Usage;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topics;
import io.memoryreflector.streams.admission.Admission;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that a model tells in its own words. */
class ToldSessionsTest {

    private static final Duration LITTLE = Duration.ofSeconds(3);
    private static final UserKey ADA = new UserKey("default", "ada");

    private final TopologyFixture fixture = TopologyFixture.thatTellsSessions(3);
    private final TestInputTopic<String, SpecificRecord> ends = fixture.driver.createInputTopic(
            Topics.SESSION_ENDS.name(), new StringSerializer(), fixture.serdes.serializer());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldAmendTheExtractWithTheModelsWords() {
        say("ada", "i1", "I moved to Lisbon");
        say("ada", "i2", "I have a dog");
        end("ada");

        var extract = summaries().get(0);
        assertThat(extract.getReflector().getName()).isEqualTo("offline-extract");
        assertThat(fixture.sessions.only().texts()).hasSize(6).contains("I have a dog", "I moved to Lisbon");
        fixture.sessions.only().tell("Ada has moved to Lisbon with her dog.");
        little();

        var told = summaries();
        assertThat(told).singleElement().satisfies(summary -> {
            assertThat(summary.getMemoryId()).isEqualTo(extract.getMemoryId());
            assertThat(summary.getRevision()).isEqualTo(2);
            assertThat(summary.getSummary()).isEqualTo("Ada has moved to Lisbon with her dog.");
            assertThat(summary.getReflector().getModel()).isEqualTo("model");
            assertThat(summary.getMemoryIds()).isEqualTo(extract.getMemoryIds());
            assertThat(summary.getStartedAt()).isEqualTo(extract.getStartedAt());
        });
        assertThat(fixture.sessions.open()).isEmpty();
        assertThat(counted("reflector.reflections", "outcome", "completed")).isEqualTo(1);
        assertThat(gauge("reflector.pending")).isZero();
        little();
        assertThat(summaries()).isEmpty();
    }

    @Test
    void shouldAskForNothingWhileASessionGoesOn() {
        say("ada", "i1", "I moved to Lisbon");
        little();

        assertThat(fixture.sessions.open()).isEmpty();
    }

    @Test
    void shouldAskAnewForASessionThatGoesOnAfterItsEnd() {
        say("ada", "i1", "I moved to Lisbon");
        end("ada");
        fixture.sessions.only().tell("Ada has moved.");
        little();
        summaries();

        say("ada", "i2", "I have a dog");
        little();
        var extract = summaries().get(0);
        fixture.sessions.only().tell("Ada has moved with her dog.");
        little();

        assertThat(extract.getRevision()).isEqualTo(3);
        assertThat(extract.getReflector().getName()).isEqualTo("offline-extract");
        assertThat(summaries()).singleElement().satisfies(summary -> {
            assertThat(summary.getRevision()).isEqualTo(4);
            assertThat(summary.getSummary()).isEqualTo("Ada has moved with her dog.");
            assertThat(summary.getInteractionCount()).isEqualTo(2);
        });
    }

    @Test
    void shouldNotWriteAnAnswerThatALaterEndHasOvertakenAndAskAgain() {
        say("ada", "i1", "I moved to Lisbon");
        end("ada");
        var late = fixture.sessions.only();
        say("ada", "i2", "I have a dog");
        little();
        assertThat(summaries()).extracting(SessionSummary::getRevision).containsExactly(1, 2);
        assertThat(fixture.sessions.open()).hasSize(1);

        late.tell("Ada has moved.");
        little();
        assertThat(summaries()).isEmpty();

        assertThat(fixture.sessions.only().texts()).hasSize(6);
        fixture.sessions.only().tell("Ada has moved with her dog.");
        little();
        assertThat(summaries()).singleElement().satisfies(summary -> {
            assertThat(summary.getRevision()).isEqualTo(3);
            assertThat(summary.getSummary()).isEqualTo("Ada has moved with her dog.");
        });
    }

    @Test
    void shouldWriteWhatWasAskedForThoughTheSessionGoesOnMeanwhile() {
        say("ada", "i1", "I moved to Lisbon");
        fixture.advance(TopologyFixture.IDLE_GAP);
        little();
        summaries();
        var call = fixture.sessions.only();
        say("ada", "i2", "I have a dog");

        call.tell("Ada has moved.");
        little();

        assertThat(summaries()).singleElement().satisfies(summary -> {
            assertThat(summary.getRevision()).isEqualTo(2);
            assertThat(summary.getInteractionCount()).isEqualTo(1);
        });
        assertThat(fixture.sessions.open()).isEmpty();
        fixture.advance(TopologyFixture.IDLE_GAP);
        little();
        assertThat(summaries()).extracting(SessionSummary::getRevision).containsExactly(3);
        assertThat(fixture.sessions.only().texts()).hasSize(6);
    }

    @Test
    void shouldTryAgainALaterTimeAndLeaveTheExtractInTheEnd() {
        say("ada", "i1", "I moved to Lisbon");
        end("ada");
        assertThat(summaries()).hasSize(1);

        for (int attempt = 1; attempt <= 4; attempt++) {
            fixture.sessions.only().fail(new ReflectionFailure.Transient(new IOException("503"), Optional.empty()));
            little();
            assertThat(fixture.sessions.open()).isEmpty();
            fixture.advance(TopologyFixture.RETRY_DELAY.multipliedBy(1L << attempt));
        }

        fixture.advance(Duration.ofHours(1));
        assertThat(fixture.sessions.open()).isEmpty();
        assertThat(summaries()).isEmpty();
        assertThat(counted("reflector.retries")).isEqualTo(3);
        assertThat(counted("reflector.reflections", "outcome", "failed")).isEqualTo(1);
        assertThat(gauge("reflector.pending")).isZero();
    }

    @Test
    void shouldWaitAsLongAsTheProviderAsksFor() {
        say("ada", "i1", "I moved to Lisbon");
        end("ada");

        fixture.sessions
                .only()
                .fail(new ReflectionFailure.Transient(new IOException("429"), Optional.of(Duration.ofMinutes(5))));
        little();
        fixture.advance(Duration.ofMinutes(4));
        assertThat(fixture.sessions.open()).isEmpty();
        fixture.advance(Duration.ofMinutes(2));
        assertThat(fixture.sessions.open()).hasSize(1);
    }

    @Test
    void shouldLeaveTheExtractAtOnceWhereNoAttemptCouldDoBetter() {
        say("ada", "i1", "I moved to Lisbon");
        end("ada");

        fixture.sessions.only().fail(new ReflectionFailure.Permanent(new IllegalStateException("refused")));
        fixture.advance(Duration.ofHours(1));

        assertThat(fixture.sessions.open()).isEmpty();
        assertThat(summaries()).extracting(SessionSummary::getRevision).containsExactly(1);
        assertThat(counted("reflector.reflections", "outcome", "failed")).isEqualTo(1);
    }

    @Test
    void shouldWaitForAProviderThatIsDownWithoutUsingUpAttempts() {
        say("ada", "i1", "I moved to Lisbon");
        end("ada");

        for (int i = 0; i < 10; i++) {
            fixture.sessions
                    .only()
                    .fail(new ReflectionFailure.ProviderDown(new ConnectException("no"), Duration.ofSeconds(10)));
            little();
            assertThat(fixture.sessions.open()).isEmpty();
            fixture.advance(Duration.ofSeconds(11));
        }

        fixture.sessions.only().tell("Ada has moved.");
        little();
        assertThat(summaries()).extracting(SessionSummary::getRevision).containsExactly(1, 2);
        assertThat(counted("reflector.retries")).isZero();
    }

    @Test
    void shouldDropTheAnswerOfWhatIsForgottenMeanwhile() {
        say("ada", "i1", "I moved to Lisbon");
        say("ada", "i2", "I have a dog");
        end("ada");
        summaries();
        var call = fixture.sessions.only();

        fixture.erasures.add(ADA, ErasureScope.INTERACTION, "i2", TopologyFixture.START);
        call.tell("Ada has moved with her dog.");
        fixture.advance(Duration.ofMillis(100));
        assertThat(summaries()).isEmpty();

        little();
        little();
        assertThat(summaries()).singleElement().satisfies(summary -> {
            assertThat(summary.getRevision()).isEqualTo(2);
            assertThat(summary.getSummary()).doesNotContain("dog");
        });
        assertThat(fixture.sessions.only().texts()).hasSize(3).doesNotContain("I have a dog");
        fixture.sessions.only().tell("Ada has moved.");
        little();
        assertThat(summaries()).singleElement().satisfies(summary -> assertThat(summary.getRevision())
                .isEqualTo(3));
    }

    @Test
    void shouldDropTheAnswerOfWhatThePurgeHasTakenAlready() {
        say("ada", "i1", "I moved to Lisbon");
        say("ada", "i2", "I have a dog");
        end("ada");
        summaries();
        var call = fixture.sessions.only();

        fixture.erasures.add(ADA, ErasureScope.INTERACTION, "i2", TopologyFixture.START);
        fixture.advance(Duration.ofSeconds(1));
        call.tell("Ada has moved with her dog.");
        fixture.advance(Duration.ofMillis(200));

        assertThat(summaries()).isEmpty();
    }

    @Test
    void shouldAskNothingOfASessionThatIsForgottenAsAWhole() {
        say("ada", "i1", "I moved to Lisbon");
        end("ada");
        summaries();
        var call = fixture.sessions.only();

        fixture.erasures.add(ADA, ErasureScope.USER, null, TopologyFixture.START);
        little();
        call.tell("Ada has moved.");
        little();

        assertThat(summaries()).singleElement().satisfies(summary -> assertThat(summary.getSummary())
                .isEmpty());
        assertThat(fixture.sessions.open()).isEmpty();
        assertThat(gauge("reflector.pending")).isZero();
    }

    @Test
    void shouldWaitWhereTheNamespaceHasSpentItsBudget() {
        say("ada", "i1", "I moved to Lisbon");
        fixture.verdict = new Admission.NotBefore(
                TopologyFixture.START.plus(Duration.ofHours(2)).toEpochMilli());
        end("ada");
        assertThat(summaries()).hasSize(1);
        assertThat(fixture.sessions.open()).isEmpty();
        assertThat(gauge("reflector.pending")).isEqualTo(1);

        fixture.verdict = new Admission.Granted();
        fixture.advance(Duration.ofHours(1));
        assertThat(fixture.sessions.open()).isEmpty();
        fixture.advance(Duration.ofHours(1));
        assertThat(fixture.sessions.open()).hasSize(1);
    }

    @Test
    void shouldWriteDownWhatEachCallHasCostAndTellNoInteractionOfIt() {
        say("ada", "i1", "I moved to Lisbon");
        fixture.statuses();
        fixture.<ReflectionOutcome>output(Topics.OUTCOMES).readValuesToList();
        end("ada");

        fixture.sessions.only().fail(new ReflectionFailure.Transient(new IOException("503"), Optional.empty()));
        little();
        fixture.advance(TopologyFixture.RETRY_DELAY);
        fixture.sessions.only().tell("Ada has moved.", new Usage(300, 40, 2));
        little();

        var outcomes = fixture.<ReflectionOutcome>output(Topics.OUTCOMES).readValuesToList();
        assertThat(outcomes)
                .extracting(outcome -> outcome.getTier().getState())
                .containsExactly(ReflectionState.RETRYING, ReflectionState.COMPLETED);
        assertThat(outcomes.get(1).getNamespace()).isEqualTo("default");
        assertThat(outcomes.get(1).getTier().getTier()).isEqualTo(Tier.UNKNOWN);
        assertThat(outcomes.get(1).getTier().getInputTokens()).isEqualTo(300);
        assertThat(outcomes.get(1).getTier().getOutputTokens()).isEqualTo(40);
        assertThat(fixture.statuses()).isEmpty();
    }

    @Test
    void shouldGetItsTurnThoughTheLanesHaveMoreThanTheyCanDo() {
        say("ada", "i1", "I moved to Lisbon");
        for (int i = 0; i < 50; i++) {
            fixture.send("user" + i, "b" + i, "hello " + i);
        }
        fixture.advance(TopologyFixture.IDLE_GAP);
        little();
        assertThat(summaries()).hasSize(1);
        assertThat(fixture.sessions.open()).isEmpty();

        fixture.episodic.open().forEach(ScriptedReflector.Call::succeed);
        fixture.tick();
        fixture.advance(Duration.ofMillis(100));

        assertThat(fixture.sessions.open()).hasSize(1);
        fixture.succeedAll();
        assertThat(gauge("reflector.pending")).isEqualTo(1);
        assertThat(fixture.facts(Tier.EPISODIC)).hasSize(51);
    }

    private void say(String user, String id, String text) {
        fixture.send(user, id, text);
        fixture.succeedAll();
    }

    private void end(String user) {
        ends.pipeInput("default/" + user, new SessionEnded("default", user, "s1", TopologyFixture.START));
        little();
    }

    /** In one step of time each punctuation runs once, the model's before the sessions'. */
    private void little() {
        fixture.advance(LITTLE);
        fixture.advance(Duration.ofMillis(100));
    }

    private List<SessionSummary> summaries() {
        return new ArrayList<>(fixture.<SessionSummary>output(Topics.SESSIONS).readValuesToList());
    }

    private double counted(String name, String... tags) {
        return fixture.metrics.find(name).tags(tags).tag("tier", "session").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private double gauge(String name) {
        return fixture.metrics.find(name).tag("tier", "session").gauge().value();
    }
}
