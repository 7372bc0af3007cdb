package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.ErasureScope;
import io.memoryreflector.events.SessionEnded;
import io.memoryreflector.events.SessionSummary;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final Duration LITTLE = Duration.ofSeconds(3);

    private final TopologyFixture fixture = new TopologyFixture();
    private final TestInputTopic<String, SpecificRecord> ends = fixture.driver.createInputTopic(
            Topics.SESSION_ENDS.name(), new StringSerializer(), fixture.serdes.serializer());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldWriteASessionInShortAfterItsIdleGap() {
        say("ada", "i1", "I moved to Lisbon");
        say("ada", "i2", "I have a dog");
        assertThat(summaries()).isEmpty();

        fixture.advance(TopologyFixture.IDLE_GAP.plus(LITTLE));

        var summary = summaries().get(0);
        assertThat(summary.getSessionId()).isEqualTo("s1");
        assertThat(summary.getInteractionCount()).isEqualTo(2);
        assertThat(summary.getMemoryIds()).hasSize(6);
        assertThat(summary.getRevision()).isEqualTo(1);
        assertThat(summary.getSummary()).contains("I moved to Lisbon").contains("I have a dog");
        assertThat(summary.getSources()).isNotEmpty();
    }

    @Test
    void shouldNotEndWhileSomethingComes() {
        for (int i = 0; i < 5; i++) {
            say("ada", "i" + i, "I said " + i);
            fixture.advance(TopologyFixture.IDLE_GAP.minus(LITTLE));
        }

        assertThat(summaries()).isEmpty();
    }

    @Test
    void shouldEndAtOnceWhenToldSo() {
        say("ada", "i1", "I moved to Lisbon");
        end("ada");

        fixture.advance(LITTLE);

        assertThat(summaries()).hasSize(1);
    }

    @Test
    void shouldWaitForWhatIsStillBeingReflectedWhenToldThatItIsOver() {
        fixture.send("ada", "i1", "I moved to Lisbon");
        end("ada");
        fixture.advance(LITTLE);
        assertThat(summaries()).isEmpty();

        fixture.succeedAll();
        fixture.advance(LITTLE);

        assertThat(summaries()).singleElement().satisfies(summary -> assertThat(summary.getInteractionCount())
                .isEqualTo(1));
    }

    @Test
    void shouldAmendTheSummaryWhenSomethingComesLate() {
        say("ada", "i1", "I moved to Lisbon");
        end("ada");
        fixture.advance(LITTLE);
        say("ada", "i2", "I have a dog");
        fixture.advance(LITTLE);

        var both = summaries();
        assertThat(both).extracting(SessionSummary::getRevision).containsExactly(1, 2);
        assertThat(Set.copyOf(both.stream().map(SessionSummary::getMemoryId).toList()))
                .hasSize(1);
        assertThat(both.get(1).getInteractionCount()).isEqualTo(2);
    }

    @Test
    void shouldWriteNothingAnewWhenAMemoryComesTwice() {
        say("ada", "i1", "I moved to Lisbon");
        var facts = fixture.facts(Tier.SEMANTIC);
        end("ada");
        fixture.advance(LITTLE);
        assertThat(summaries()).hasSize(1);
        TestInputTopic<String, SpecificRecord> again = fixture.driver.createInputTopic(
                Topics.SEMANTIC.name(), new StringSerializer(), fixture.serdes.serializer());

        again.pipeInput(new TestRecord<>("default/ada", facts.get(0)));
        end("ada");
        fixture.advance(TopologyFixture.IDLE_GAP.plus(LITTLE));

        assertThat(summaries()).isEmpty();
    }

    @Test
    void shouldAmendTheSummaryOfASessionThatLosesAMemory() {
        say("ada", "i1", "I moved to Lisbon");
        say("ada", "i2", "I have a dog");
        end("ada");
        fixture.advance(LITTLE);
        assertThat(summaries()).hasSize(1);

        fixture.erasures.add(new UserKey("default", "ada"), ErasureScope.INTERACTION, "i2", TopologyFixture.START);
        fixture.advance(LITTLE);
        fixture.advance(LITTLE);

        assertThat(summaries()).singleElement().satisfies(summary -> {
            assertThat(summary.getRevision()).isEqualTo(2);
            assertThat(summary.getSummary()).contains("Lisbon").doesNotContain("dog");
        });
    }

    @Test
    void shouldTellThatNothingIsLeftOfASession() {
        say("ada", "i1", "I moved to Lisbon");
        end("ada");
        fixture.advance(LITTLE);
        summaries();

        fixture.erasures.add(new UserKey("default", "ada"), ErasureScope.USER, null, TopologyFixture.START);
        fixture.advance(LITTLE);

        assertThat(summaries()).singleElement().satisfies(summary -> {
            assertThat(summary.getMemoryIds()).isEmpty();
            assertThat(summary.getSummary()).isEmpty();
        });
    }

    @Test
    void shouldKeepSessionsOfTwoUsersApart() {
        say("ada", "i1", "I moved to Lisbon");
        say("bob", "i2", "I have a dog");
        fixture.advance(TopologyFixture.IDLE_GAP.plus(LITTLE));

        assertThat(summaries()).hasSize(2).allSatisfy(summary -> assertThat(summary.getInteractionCount())
                .isEqualTo(1));
    }

    private void say(String user, String id, String text) {
        fixture.send(user, id, text);
        fixture.succeedAll();
    }

    private void end(String user) {
        ends.pipeInput("default/" + user, new SessionEnded("default", user, "s1", TopologyFixture.START));
    }

    private List<SessionSummary> summaries() {
        return new ArrayList<>(fixture.<SessionSummary>output(Topics.SESSIONS).readValuesToList());
    }
}
