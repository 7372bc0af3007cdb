package io.memoryreflector.reflection.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into sentences, and says it in the plain form that the rules read. */
final class Sentences {

    /** The rules read this much of a sentence, so that none ever reads far. */
    static final int LONGEST = 400;

    private static final int MOST = 400;

    private static final Pattern END = Pattern.compile("(?<=[.!?\u2026])[\"')\u201d\u2019]?\\s+|\\n+");
    private static final Pattern ABBREVIATION =
            Pattern.compile("(?:^|\\W)(?:Mr|Mrs|Ms|Dr|St|Prof|Jr|Sr|vs|etc|e\\.g|i\\.e|approx|No|[A-Z])\\.$");
    private static final Pattern CODE = Pattern.compile("```[^`]{0,20000}(?:```|$)");
    private static final Pattern QUOTED_LINE = Pattern.compile("(?m)^\\s{0,3}>[^\\n]*");
    private static final Pattern BLOCK = Pattern.compile("<(\\w{3,20})>[^<]{0,20000}</\\1>");

    /** What is handed over to be worked on, and what was recalled for the one who answers. */
    private static final Pattern MATERIAL = Pattern.compile(
            "^\\W{0,3}(?:(?:please|can you|could you|now|hey) ){0,2}(?:translate|correct|proofread|rewrite|rephrase|paraphrase|summari[sz]e|fix|edit|check|improve|shorten|review|analy[sz]e|classify)\\b[^:\\n]{0,120}:.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern RECALLED = Pattern.compile(
            "(?im)^.{0,60}\\b(?:memory|memories|remembers?|remembered|recall(?:ed)?|know about (?:me|you))\\b.{0,40}:\\s*(?:\\n\\s{0,4}(?:[-*\u2022>]|\\d{1,3}[.)]) .*){1,200}");
    private static final Pattern STAGE_DIRECTION = Pattern.compile("\\[[^\\]\\n]{0,400}\\]");
    private static final Pattern QUOTED_SPEECH = Pattern.compile("\"[^\"\\n]{0,400}\"|\u201c[^\u201d\\n]{0,400}\u201d");

    private static final List<Contraction> CONTRACTIONS = List.of(
            new Contraction("\\b([Ii])'m\\b", "$1 am"),
            new Contraction("\\b(\\p{L}+)'re\\b", "$1 are"),
            new Contraction("\\b(\\p{L}+)'ve\\b", "$1 have"),
            new Contraction("\\b(\\p{L}+)'ll\\b", "$1 will"),
            new Contraction("\\b([Ii]|[Ww]e|[Yy]ou|[Tt]hey|[Hh]e|[Ss]he|[Ii]t)'d\\b", "$1 would"),
            new Contraction("\\b([Cc])an't\\b", "$1an not"),
            new Contraction("\\b([Cc])annot\\b", "$1an not"),
            new Contraction("\\b([Ww])on't\\b", "$1ill not"),
            new Contraction("\\bain't\\b", "am not"),
            new Contraction("\\b(\\p{L}+)n't\\b", "$1 not"),
            new Contraction(
                    "\\b([Hh]e|[Ss]he|[Ii]t|[Tt]hat)'s (?=(?:been|got|taken|become|gone|gotten)\\b)", "$1 has "),
            new Contraction("\\b([Hh]e|[Ss]he|[Ii]t|[Tt]hat|[Nn]ame)'s\\b", "$1 is"),
            new Contraction("\\bgonna\\b", "going to"),
            new Contraction("\\bwanna\\b", "want to"));

    private record Contraction(Pattern from, String to) {
        Contraction(String from, String to) {
            this(Pattern.compile(from), to);
        }
    }

    private Sentences() {}

    /** The sentences of a text, each with its closing mark; a line's end ends a sentence. */
    static List<String> of(String text) {
        var sentences = new ArrayList<String>();
        var open = new StringBuilder();
        for (var part : END.split(text, MOST)) {
            if (part.isBlank()) {
                continue;
            }
            open.append(open.isEmpty() ? "" : " ").append(part.strip());
            if (!ABBREVIATION.matcher(open).find()) {
                sentences.add(open.toString());
                open.setLength(0);
            }
        }
        if (!open.isEmpty()) {
            sentences.add(open.toString());
        }
        return sentences;
    }

    /**
     * The sentences that are the speaker's own words: without code, quoted lines and speech, texts handed over, memories
     * recalled and notes in brackets; contractions are spelt out.
     */
    static List<String> own(String text) {
        var own = CODE.matcher(text).replaceAll("\n");
        for (var foreign : List.of(MATERIAL, RECALLED, BLOCK, QUOTED_LINE, STAGE_DIRECTION)) {
            own = foreign.matcher(own).replaceAll("\n");
        }
        return of(own).stream()
                .map(sentence -> plain(Cut.to(LONGEST, sentence)))
                .filter(s -> !s.isBlank())
                .toList();
    }

    /** A sentence with straight apostrophes, no contraction and no quoted speech. */
    static String plain(String sentence) {
        var plain = sentence.replace('\u2019', '\'').replace('\u2018', '\'');
        plain = QUOTED_SPEECH.matcher(plain).replaceAll(found -> {
            var quoted = found.group();
            var isTitle = quoted.length() < 60 && !quoted.matches(".*\\b(?:I|my|My|we|you|You)\\b.*");
            return Matcher.quoteReplacement(isTitle ? quoted : " ");
        });
        for (var contraction : CONTRACTIONS) {
            plain = contraction.from().matcher(plain).replaceAll(contraction.to());
        }
        return plain.replaceAll("\\s{2,}", " ").strip();
    }
}
