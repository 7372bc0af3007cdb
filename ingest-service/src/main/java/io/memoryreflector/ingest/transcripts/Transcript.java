package io.memoryreflector.ingest.transcripts;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Splits a conversation that is one text. A line that begins with a label begins a turn; the lines after it are the same
 * turn's. What stands before the first label, and a text without any, is a turn of nobody. A pure function of the text:
 * no word of it is lost but labels and their times.
 */
public final class Transcript {

    private Transcript() {}

    /** The turns, in their order; none for a blank text. */
    public static List<Turn> split(String text) {
        var lines = text.lines().toList();
        var labels = lines.stream().map(Label::of).toList();
        var counts = counts(labels);
        var splitter = new Splitter();
        for (var i = 0; i < lines.size(); i++) {
            var label = labels.get(i).filter(found -> isSpeaker(found, counts));
            if (label.isPresent()) {
                splitter.begin(label.get());
            } else {
                splitter.add(lines.get(i));
            }
        }
        return splitter.end();
    }

    /** A word with a colon within what somebody says is no speaker: one is named so, or speaks more than once. */
    private static boolean isSpeaker(Label label, Map<String, Integer> counts) {
        return label.isCertain() || label.isName() || counts.get(label.key()) > 1 && !isLowerCase(label.speaker());
    }

    private static boolean isLowerCase(String name) {
        return Character.isLowerCase(name.codePointAt(0));
    }

    private static Map<String, Integer> counts(List<Optional<Label>> labels) {
        var counts = new HashMap<String, Integer>();
        labels.forEach(label -> label.ifPresent(found -> counts.merge(found.key(), 1, Integer::sum)));
        return counts;
    }

    /** The turns so far, and the one that goes on. */
    private static final class Splitter {

        private final List<Turn> turns = new ArrayList<>();
        private final StringBuilder said = new StringBuilder();
        private Optional<String> speaker = Optional.empty();
        private Optional<Instant> at = Optional.empty();
        private Optional<LocalDate> day = Optional.empty();

        void begin(Label label) {
            flush();
            speaker = Optional.of(label.speaker());
            at = label.time().flatMap(this::time);
            said.append(label.rest());
        }

        void add(String line) {
            said.append(said.isEmpty() ? "" : "\n").append(line);
        }

        List<Turn> end() {
            flush();
            return List.copyOf(turns);
        }

        private void flush() {
            var text = said.toString().strip();
            if (!text.isEmpty()) {
                turns.add(new Turn(speaker, at, text));
            }
            said.setLength(0);
        }

        /** A time of day is of the day that was named last; without one it says nothing. */
        private Optional<Instant> time(String text) {
            try {
                if (text.length() < 10 || text.charAt(4) != '-') {
                    var clock = LocalTime.parse(text.indexOf(':') == 1 ? "0" + text : text);
                    return day.map(known -> known.atTime(clock).toInstant(ZoneOffset.UTC));
                }
                var iso = text.replace(' ', 'T')
                        .replaceFirst("T(\\d):", "T0$1:")
                        .replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2");
                var time = iso.matches(".*(Z|[+-]\\d{2}:\\d{2})$")
                        ? OffsetDateTime.parse(iso)
                        : LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
                day = Optional.of(time.toLocalDate());
                return Optional.of(time.toInstant());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }
}
