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
        var whole = String.join(" ", texts);
        return Signs.ALL.stream()
                .filter(sign -> sign.mayBeIn(whole))
                .filter(sign -> sign.isIn(whole) || texts.stream().anyMatch(sign::isIn))
                .findFirst()
                .map(sign -> new Suspicion(sign.reason()));
    }

    /** In small letters, with single blanks and plain quotes, without what is told of others' words. */
    private static String plain(String text) {
        var seen =
                UNSEEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
        var quoted = seen.replace('\u2019', '\'').replace('\u201c', '"').replace('\u201d', '"');
        var small = BLANKS.matcher(quoted).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
        var joined = APART.matcher(small).replaceAll(word -> word.group().replace(" ", ""));
        return TOLD.matcher(joined).replaceAll("");
    }
}
