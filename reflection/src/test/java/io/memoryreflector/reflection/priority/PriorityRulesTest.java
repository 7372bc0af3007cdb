package io.memoryreflector.reflection.priority;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.events.Message;
import io.memoryreflector.events.Priority;
import io.memoryreflector.events.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityRulesTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            This is URGENT, please answer!          | URGENT
            I need the ambulance number asap        | URGENT
            It is an emergency.                     | URGENT
            Important: the deadline is on Friday.   | HIGH
            Remember this: the code is blue.        | HIGH
            Don’t forget that I am vegan.           | HIGH
            It's not urgent.                        | NORMAL
            It is not that important.               | NORMAL
            The insurgents left.                    | NORMAL
            I live in Porto.                        | NORMAL
            Yesterday we planted an apple tree.     | NORMAL
            Good morning! How are you?              | LOW
            Thanks a lot!                           | LOW
            ok                                      | LOW
            See you tomorrow, bye!                  | LOW
            """)
    void followsTheWords(String text, Priority priority) {
        assertThat(PriorityRules.of(List.of(message(Role.USER, null, text)))).isEqualTo(priority);
    }

    @Test
    void theMostUrgentMessageDecides() {
        assertThat(PriorityRules.of(List.of(
                        message(Role.USER, null, "Hi"),
                        message(Role.USER, null, "This is important."),
                        message(Role.USER, null, "And urgent."))))
                .isEqualTo(Priority.URGENT);
    }

    @Test
    void anAssistantsWordsDoNotCountButAnotherPersonsDo() {
        var hello = message(Role.USER, null, "Hello!");
        assertThat(PriorityRules.of(List.of(hello, message(Role.ASSISTANT, null, "Is it urgent?"))))
                .isEqualTo(Priority.LOW);
        assertThat(PriorityRules.of(List.of(hello, message(Role.ASSISTANT, "Rui", "It is urgent!"))))
                .isEqualTo(Priority.URGENT);
    }

    private static Message message(Role role, String author, String content) {
        return new Message("m", role, author, content, Instant.EPOCH);
    }
}
