package io.memoryreflector.store.recall;

import io.memoryreflector.store.recall.TimeWindow.Span;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds the times that an English question names: "in June 2023", "last May", "two weeks ago", "on 7 May", "since
 * 2022", "before March". A month or a day without a year is meant of every year that there are memories of. Pure; UTC.
 */
final class TimeExpressions {

    private static final String MONTH =
            "(january|february|march|april|may|june|july|august|september|october|november|december)";
    private static final String SIDE = "(?:\\b(before|after|since|until)\\s+)?";
    private static final String NUMBER =
            "(a|an|one|two|three|four|five|six|seven|eight|nine|ten|a few|a couple of|\\d{1,3})";

    private static final Pattern ISO = pattern(SIDE + "\\b(\\d{4})-(\\d{2})(?:-(\\d{2}))?\\b");
    private static final Pattern DAY_MONTH = pattern(
            SIDE + "(?:the\\s+)?\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?" + MONTH + "\\b(?:,?\\s+(\\d{4})\\b)?");
    private static final Pattern MONTH_DAY =
            pattern(SIDE + "\\b" + MONTH + "\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s+(\\d{4})\\b)?");
    private static final Pattern MONTH_YEAR = pattern(SIDE + "\\b" + MONTH + ",?\\s+(?:of\\s+)?(\\d{4})\\b");
    /** "May" alone may be anything. */
    private static final Pattern MONTH_ALONE =
            pattern("\\b(in|last|this|during|of|before|after|since|until)\\s+(?:early |mid |late )?" + MONTH
                    + "\\b(?!\\s+\\d)");

    private static final Pattern YEAR =
            pattern("\\b(in|during|of|before|after|since|until)\\s+((?:19|20)\\d\\d)\\b(?!-)");
    private static final Pattern AGO = pattern("\\b" + NUMBER + "\\s+(day|week|month|year)s?\\s+ago\\b");
    private static final Pattern RELATIVE = pattern(
            "\\b(last|this|past|previous)\\s+(week|weekend|month|year|summer|winter|spring|autumn|fall|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\\b");
    private static final Pattern NAMED_DAY = pattern("\\b(today|yesterday|last night|tonight|this morning)\\b");

    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("a", 1),
            Map.entry("an", 1),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("a couple of", 2),
            Map.entry("three", 3),
            Map.entry("a few", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10));

    /** The month in which each begins. */
    private static final Map<String, Month> SEASONS = Map.of(
            "spring", Month.MARCH,
            "summer", Month.JUNE,
            "autumn", Month.SEPTEMBER,
            "fall", Month.SEPTEMBER,
            "winter", Month.DECEMBER);

    private final LocalDate today;
    private final int firstYear;
    private final int lastYear;
    private final List<Span> spans = new ArrayList<>();

    private TimeExpressions(LocalDate today, int firstYear, int lastYear) {
        this.today = today;
        this.firstYear = firstYear;
        this.lastYear = lastYear;
    }

    /**
     * The times that a question names.
     *
     * @param askedAt what "yesterday" is the day before of
     * @param oldest of the memories
     * @param newest of the memories
     */
    static Optional<TimeWindow> in(String question, Instant askedAt, Instant oldest, Instant newest) {
        var found = new TimeExpressions(
                day(askedAt), day(oldest).getYear(), day(newest).getYear());
        found.read(question);
        return found.spans.isEmpty() ? Optional.empty() : Optional.of(new TimeWindow(List.copyOf(found.spans)));
    }

    private void read(String question) {
        each(ISO, question, at -> {
            var month = YearMonth.of(number(at, 2), number(at, 3));
            add(at.group(1), at.group(4) == null ? span(month) : span(month.atDay(number(at, 4)), ChronoUnit.DAYS));
        });
        each(DAY_MONTH, question, at -> addDay(at.group(1), at.group(3), number(at, 2), at.group(4)));
        each(MONTH_DAY, question, at -> addDay(at.group(1), at.group(2), number(at, 3), at.group(4)));
        each(MONTH_YEAR, question, at -> add(at.group(1), span(YearMonth.of(number(at, 3), month(at.group(2))))));
        each(MONTH_ALONE, question, at -> addMonth(at.group(1).toLowerCase(Locale.ROOT), month(at.group(2))));
        each(YEAR, question, at -> add(at.group(1), span(LocalDate.of(number(at, 2), 1, 1), ChronoUnit.YEARS)));
        each(AGO, question, at -> addAgo(at.group(1).toLowerCase(Locale.ROOT), at.group(2)));
        each(RELATIVE, question, at -> addRelative(at.group(1).equalsIgnoreCase("this"), at.group(2)));
        each(NAMED_DAY, question, at -> {
            var isBefore = at.group(1).matches("(?i)yesterday|last night");
            add(null, span(isBefore ? today.minusDays(1) : today, ChronoUnit.DAYS));
        });
    }

    private void addDay(String side, String name, int day, String year) {
        var month = month(name);
        if (year != null) {
            add(side, span(LocalDate.of(Integer.parseInt(year), month, day), ChronoUnit.DAYS));
            return;
        }
        for (int each = firstYear; each <= lastYear; each++) {
            add(side, span(LocalDate.of(each, month, day), ChronoUnit.DAYS));
        }
    }

    private void addMonth(String before, Month month) {
        if (before.equals("last") || before.equals("this")) {
            var ofThisYear = YearMonth.of(today.getYear(), month);
            var isOver = ofThisYear.isBefore(YearMonth.from(today));
            add(null, span(isOver || before.equals("this") ? ofThisYear : ofThisYear.minusYears(1)));
            return;
        }
        for (int year = firstYear; year <= lastYear; year++) {
            add(before, span(YearMonth.of(year, month)));
        }
    }

    private void addAgo(String howMany, String unit) {
        var known = NUMBERS.get(howMany);
        var count = known == null ? Integer.parseInt(howMany) : known;
        var isVague = howMany.startsWith("a ") && !howMany.equals("a");
        var middle = today.minus(count, unit(unit));
        var margin =
                switch (unit(unit)) {
                    case DAYS -> isVague ? 2 : 0;
                    case WEEKS -> isVague ? 10 : 3;
                    case MONTHS -> isVague ? 45 : 15;
                    default -> 180;
                };
        spans.add(Span.of(start(middle.minusDays(margin)), start(middle.plusDays(margin + 1))));
    }

    private void addRelative(boolean isThis, String what) {
        var name = what.toLowerCase(Locale.ROOT);
        var season = SEASONS.get(name);
        if (season != null) {
            addSeason(isThis, YearMonth.of(today.getYear(), season));
            return;
        }
        var monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        add(
                null,
                switch (name) {
                    case "week" -> span(isThis ? monday : monday.minusWeeks(1), ChronoUnit.WEEKS);
                    case "weekend" -> {
                        var saturday = (isThis ? monday : monday.minusWeeks(1)).plusDays(5);
                        yield Span.of(start(saturday), start(saturday.plusDays(2)));
                    }
                    case "month" -> span(YearMonth.from(today).minusMonths(isThis ? 0 : 1));
                    case "year" -> span(LocalDate.of(today.getYear() - (isThis ? 0 : 1), 1, 1), ChronoUnit.YEARS);
                    default -> {
                        var day = DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
                        yield span(today.with(TemporalAdjusters.previous(day)), ChronoUnit.DAYS);
                    }
                });
    }

    /** "Last summer" is the one that has ended last. */
    private void addSeason(boolean isThis, YearMonth begins) {
        var isOver = begins.plusMonths(3).isBefore(YearMonth.from(today).plusMonths(1));
        var first = isThis || isOver ? begins : begins.minusYears(1);
        spans.add(Span.of(start(first.atDay(1)), start(first.plusMonths(3).atDay(1))));
    }

    private void add(String side, Span span) {
        spans.add(
                side == null
                        ? span
                        : switch (side.toLowerCase(Locale.ROOT)) {
                            case "before", "until" -> span.before();
                            case "after" -> span.after();
                            case "since" -> span.since();
                            default -> span;
                        });
    }

    private interface Reading {
        void read(MatchResult at);
    }

    /** What is no date, such as 31 June, names no time. */
    private static void each(Pattern pattern, String question, Reading reading) {
        pattern.matcher(question).results().forEach(at -> {
            try {
                reading.read(at);
            } catch (DateTimeException e) {
                // Not a date.
            }
        });
    }

    private static Span span(YearMonth month) {
        return Span.of(start(month.atDay(1)), start(month.plusMonths(1).atDay(1)));
    }

    private static Span span(LocalDate first, ChronoUnit unit) {
        return Span.of(start(first), start(first.plus(1, unit)));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static LocalDate day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static Month month(String name) {
        return Month.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static int number(MatchResult at, int group) {
        return Integer.parseInt(at.group(group));
    }

    private static ChronoUnit unit(String name) {
        return ChronoUnit.valueOf(name.toUpperCase(Locale.ROOT) + "S");
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
