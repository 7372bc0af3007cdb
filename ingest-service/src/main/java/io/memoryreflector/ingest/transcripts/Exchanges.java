package io.memoryreflector.ingest.transcripts;

import io.memoryreflector.ingest.interactions.MessageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A transcript's turns as interactions: what one speaker said, with what an assistant answered. Pure.
 */
public final class Exchanges {

    /** Of a text that says of nobody who speaks: each piece is an interaction of its own. */
    private static final int OF_NOBODY = 4_000;

    private static final Set<String> ASSISTANTS = Set.of("assistant", "ai", "bot", "chatbot", "agent");
    private static final Set<String> USERS = Set.of("user", "human", "customer", "me");

    private final int mostMessages;
    private final int mostCharacters;
    private final List<List<MessageRequest>> done = new ArrayList<>();
    private final List<MessageRequest> current = new ArrayList<>();
    private Optional<String> speaker = Optional.empty();
    private Instant last;

    private Exchanges(Instant begin, int mostMessages, int messageBytes) {
        this.last = begin;
        this.mostMessages = mostMessages;
        // A character is at most three bytes of UTF-8, and half a pair two.
        this.mostCharacters = messageBytes / 3;
    }

    /**
     * The messages of each interaction, in their order.
     *
     * @param begin of turns before the first that says when it was; what follows without a time is a millisecond later
     * @param mostMessages of one interaction
     * @param messageBytes of one message, of UTF-8
     */
    public static List<List<MessageRequest>> of(List<Turn> turns, Instant begin, int mostMessages, int messageBytes) {
        var exchanges = new Exchanges(begin, mostMessages, messageBytes);
        turns.forEach(exchanges::add);
        exchanges.flush();
        return List.copyOf(exchanges.done);
    }

    private void add(Turn turn) {
        last = turn.at().orElse(last.plusMillis(1));
        var role = turn.speaker().map(Exchanges::role).orElse("user");
        var name = turn.speaker().map(known -> known.toLowerCase(Locale.ROOT));
        if (role.equals("user") && !name.equals(speaker)) {
            flush();
        }
        speaker = name;
        var nobody = turn.speaker().isEmpty();
        for (var text : Pieces.of(turn.text(), nobody ? Math.min(OF_NOBODY, mostCharacters) : mostCharacters)) {
            if (nobody || current.size() == mostMessages) {
                flush();
            }
            var author = turn.speaker().filter(known -> !isRole(known)).orElse(null);
            current.add(new MessageRequest(null, role, author, text, last.toString()));
        }
    }

    private void flush() {
        if (!current.isEmpty()) {
            done.add(List.copyOf(current));
            current.clear();
        }
    }

    private static String role(String speaker) {
        var name = speaker.toLowerCase(Locale.ROOT);
        if (ASSISTANTS.contains(name)) {
            return "assistant";
        }
        return name.equals("system") || name.equals("tool") ? name : "user";
    }

    private static boolean isRole(String speaker) {
        return !role(speaker).equals("user") || USERS.contains(speaker.toLowerCase(Locale.ROOT));
    }
}
