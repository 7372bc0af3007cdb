package io.memoryreflector.client.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {

    private final Windows<Said> windows = new Windows<>();

    private record Said(String text) {}

    @Test
    void shouldTakeTheSameWordsForTwoMessages() {
        var first = new Said("yes");
        var second = new Said("yes");
        var third = new Said("yes");
        windows.read("c", List.of(first));
        assertThat(appended(first, second)).containsExactly(second);

        windows.read("c", List.of(first, second));
        // The window has room for two only: what comes looks like what was there.
        assertThat(appended(second, third)).containsExactly(third);
    }

    @Test
    void shouldCompareByWordsWhereEachReadGivesNewObjects() {
        windows.read("c", List.of(new Said("a"), new Said("b"), new Said("c")));

        assertThat(appended(new Said("b"), new Said("c"), new Said("d"))).containsExactly(new Said("d"));
        assertThat(appended(new Said("a"), new Said("b"), new Said("c"))).isEmpty();
        assertThat(appended(new Said("x"))).containsExactly(new Said("x"));
    }

    @Test
    void shouldAskTheStoreWhatItDoesNotRemember() {
        var stored = List.of(new Said("a"));
        windows.read("c", stored);
        windows.forget("c");

        assertThat(windows.appended("c", List.of(new Said("a"), new Said("b")), () -> stored))
                .containsExactly(new Said("b"));
    }

    private List<Said> appended(Said... window) {
        return windows.appended("c", List.of(window), List::of);
    }
}
