package io.memoryreflector.reflection.poison;

import io.memoryreflector.events.Message;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why what was said is held back. Pure and deterministic; reads each message by itself and all of them as one text, so
 * that an order is not hidden by a break.
 *
 * @param reason in a few words; quotes nothing
 */
public record Suspicion(String reason) {

    /** Characters that nobody sees. */
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** A word whose letters stand apart. */
    private static final Pattern APART = Pattern.compile("\\b(?:\\p{L} ){3,40}\\p{L}\\b");

    /** What somebody tells of somebody's words, within a text of their own. */
    private static final Pattern TOLD = Pattern.compile(
            "\\b(?:say|says|said|saying|called|named|like|such as|phrases?|words|titled|about) \"[^\"]{1,200}\"");

    /** What makes the messages suspicious; empty if nothing does. */
    public static Optional<Suspicion> of(List<Message> messages) {
        var texts =
                messages.stream().map(message -> plain(message.getContent())).toList();
        var whole = texts.size() == 1 ? texts.get(0) : String.join(" ", texts);
        for (var sign : Signs.ALL) {
            // What the whole has no word of, none of its parts has.
            if (sign.mayBeIn(whole)
                    && (sign.isIn(whole) || texts.size() > 1 && texts.stream().anyMatch(sign::isIn))) {
                return Optional.of(new Suspicion(sign.reason()));
            }
        }
        return Optional.empty();
    }

    /** In small letters, with single blanks and plain quotes, without what is told of others' words. */
    private static String plain(String text) {
        var small = singleBlanks(isAscii(text) ? text : seen(text)).strip().toLowerCase(Locale.ROOT);
        var joined = hasLettersApart(small)
                ? APART.matcher(small).replaceAll(word -> word.group().replace(" ", ""))
                : small;
        return joined.indexOf('"') < 0 ? joined : TOLD.matcher(joined).replaceAll("");
    }

    private static String seen(String text) {
        var seen =
                UNSEEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
        return seen.replace('\u2019', '\'').replace('\u201c', '"').replace('\u201d', '"');
    }

    private static String singleBlanks(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (isOtherBlank(text.charAt(i)) || i > 0 && text.charAt(i) == ' ' && text.charAt(i - 1) == ' ') {
                return BLANKS.matcher(text).replaceAll(" ");
            }
        }
        return text;
    }

    private static boolean isOtherBlank(char letter) {
        return letter >= '\t' && letter <= '\r';
    }

    private static boolean isAscii(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    /** Whether there may be a word whose letters stand apart: three blanks with one letter between each. */
    private static boolean hasLettersApart(String text) {
        for (var i = 4; i < text.length(); i++) {
            if (text.charAt(i) == ' ' && text.charAt(i - 2) == ' ' && text.charAt(i - 4) == ' ') {
                return true;
            }
        }
        return false;
    }
}
