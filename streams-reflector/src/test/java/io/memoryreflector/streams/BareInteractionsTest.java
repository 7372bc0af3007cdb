package io.memoryreflector.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.ReflectionState;
import io.memoryreflector.events.ReflectionStatus;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Role;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.HeaderNames;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Interactions of producers that know a user, a role and a text and nothing else of ours. */
class BareInteractionsTest {

    private static final Instant APPENDED = TopologyFixture.START.plusSeconds(5);
    private static final String FIRST = Ids.interaction(Topics.INTERACTIONS.name(), 0, 0);
    private static final String SECOND = Ids.interaction(Topics.INTERACTIONS.name(), 0, 1);

    @Test
    void shouldReflectOnThemUnderTheIdOfTheirPlaceInTheLog() {
        try (var topology = new TopologyFixture()) {
            topology.interactions.pipeInput("default/ada", bare("I moved to Lisbon."), APPENDED);
            topology.succeedAll();

            for (var tier : List.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL)) {
                var tasks = topology.tasks(tier);
                assertThat(tasks).extracting(ReflectionTask::getInteractionId).containsExactly(FIRST);
                var task = tasks.get(0);
                assertThat(task.getOccurredAt()).isEqualTo(APPENDED);
                assertThat(task.getSessionId()).isNull();
                assertThat(task.getPriority()).isEqualTo(Priority.NORMAL);
                assertThat(task.getMessages()).extracting(Message::getMessageId).containsExactly(FIRST + ":0");
                assertThat(task.getMessages()).extracting(Message::getSentAt).containsExactly(APPENDED);
                assertThat(topology.facts(tier).get(0).getSources())
                        .allSatisfy(
                                source -> assertThat(source.getInteractionId()).isEqualTo(FIRST));
            }
            var statuses = topology.statuses();
            assertThat(statuses).extracting(ReflectionStatus::getInteractionId).containsOnly(FIRST);
            assertThat(statuses.get(statuses.size() - 1).getState()).isEqualTo(ReflectionState.COMPLETED);
            assertThat(topology.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldTakeEqualRecordsForTwoInteractions() {
        try (var topology = new TopologyFixture()) {
            topology.interactions.pipeInput("default/ada", bare("Good morning."), APPENDED);
            topology.interactions.pipeInput("default/ada", bare("Good morning."), APPENDED);

            var tasks = topology.tasks(Tier.SEMANTIC);
            assertThat(tasks).extracting(ReflectionTask::getInteractionId).containsExactly(FIRST, SECOND);
            assertThat(tasks.get(1).getContext())
                    .as("no session is one session")
                    .hasSize(1);
        }
    }

    @Test
    void shouldDropAReplayOfARecordThatItHasReflectedOn() {
        try (var topology = new TopologyFixture()) {
            topology.interactions.pipeInput("default/ada", bare("I moved to Lisbon."), APPENDED);
            var headers = new RecordHeaders().add(HeaderNames.INTERACTION_ID, FIRST.getBytes(StandardCharsets.UTF_8));
            topology.interactions.pipeInput(new TestRecord<>("default/ada", bare("I moved to Lisbon."), headers));

            assertThat(topology.tasks(Tier.SEMANTIC)).hasSize(1);
        }
    }

    @Test
    void shouldPutNoReplaysIdOnWhatIsMadeOfTheRecord() {
        try (var topology = new TopologyFixture()) {
            var headers = new RecordHeaders().add(HeaderNames.INTERACTION_ID, SECOND.getBytes(StandardCharsets.UTF_8));
            topology.interactions.pipeInput(new TestRecord<>("default/ada", bare("I moved to Lisbon."), headers));

            var task = topology.<ReflectionTask>output(Topics.TASKS_SEMANTIC).readRecord();
            assertThat(task.value().getInteractionId()).isEqualTo(SECOND);
            assertThat(task.headers()).isEmpty();
        }
    }

    private static Interaction bare(String text) {
        return Interaction.newBuilder()
                .setUserId("ada")
                .setMessages(List.of(
                        Message.newBuilder().setRole(Role.USER).setContent(text).build()))
                .build();
    }
}
