package io.memoryreflector.reflection.offline;

import io.memoryreflector.events.Message;
import io.memoryreflector.reflection.Speaker;
import java.util.List;
import java.util.stream.Collectors;

/** The account of an interaction: who said what, in their own words, with the dates that the words mean. */
final class Account {

    /** A message is told up to about this many characters, whole sentences where it can be. */
    static final int LONGEST_MESSAGE = 600;

    /** Below this many characters a turn seldom stands for itself. */
    static final int SHORT_TURN = 40;

    private Account() {}

    /** One line a message. */
    static String of(List<Message> messages) {
        return messages.stream().map(Account::line).collect(Collectors.joining("\n"));
    }

    /** What the account's vector is made of: a short turn is about what was said before it. */
    static String withTurnBefore(String account, List<Message> messages, List<Message> context) {
        var said = messages.stream()
                .mapToInt(message -> message.getContent().length())
                .sum();
        return context.isEmpty() || said >= SHORT_TURN
                ? account
                : line(context.get(context.size() - 1)) + "\n" + account;
    }

    private static String line(Message message) {
        var told = shortened(message.getContent().strip());
        return Speaker.name(message) + ": \"" + told + "\"" + dates(message, told);
    }

    private static String dates(Message message, String told) {
        var mentions = RelativeDates.in(told, message.getSentAt());
        if (mentions.isEmpty()) {
            return "";
        }
        if (mentions.size() == 1) {
            return " (" + mentions.get(0).date() + ")";
        }
        return mentions.stream()
                .map(mention -> mention.words() + ": " + mention.date())
                .distinct()
                .collect(Collectors.joining("; ", " (", ")"));
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST_MESSAGE) {
            return text;
        }
        var told = new StringBuilder();
        for (var sentence : Sentences.of(text)) {
            if (told.length() + sentence.length() > LONGEST_MESSAGE) {
                break;
            }
            told.append(told.isEmpty() ? "" : " ").append(sentence);
        }
        return told.isEmpty() ? Cut.to(LONGEST_MESSAGE, text) + "\u2026" : told + " \u2026";
    }
}
