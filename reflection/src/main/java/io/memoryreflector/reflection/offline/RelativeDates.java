package io.memoryreflector.reflection.offline;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds words like "yesterday" or "next Friday" and says which day, week, month or year they mean, in UTC. */
final class RelativeDates {

    /** Words of the text and the date that they mean, such as "yesterday" and "7 May 2023". */
    record Mention(String words, String date, int start) {}

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

    private static final String COUNT =
            "(\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|a couple of|a few)";
    private static final String WEEKDAY = "(monday|tuesday|wednesday|thursday|friday|saturday|sunday)";
    private static final Map<String, Integer> COUNTS = Map.ofEntries(
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

    private record Rule(Pattern words, BiFunction<LocalDate, MatchResult, String> date) {}

    private static final List<Rule> RULES = List.of(
            rule("the day before yesterday", (today, m) -> day(today.minusDays(2))),
            rule("the day after tomorrow", (today, m) -> day(today.plusDays(2))),
            rule("yesterday|last night", (today, m) -> day(today.minusDays(1))),
            rule("today|tonight|this morning|this afternoon|this evening|earlier today", (today, m) -> day(today)),
            rule("tomorrow", (today, m) -> day(today.plusDays(1))),
            rule(COUNT + " (day|week|month|year)s? ago", (today, m) -> shifted(today, -count(m), m.group(2))),
            rule(
                    "in " + COUNT + " (day|week|month|year)s?(?:' time)?",
                    (today, m) -> shifted(today, count(m), m.group(2))),
            rule(
                    "(last|this past|past) " + WEEKDAY,
                    (today, m) -> day(today.with(TemporalAdjusters.previous(weekday(m.group(2)))))),
            rule(
                    "(next|this|this coming|on|this upcoming) " + WEEKDAY,
                    (today, m) -> day(today.with(TemporalAdjusters.next(weekday(m.group(2)))))),
            rule(
                    "(last|this past|past|this|next|this coming|this upcoming) weekend",
                    (today, m) -> weekend(today, m.group(1))),
            rule(
                    "(last|this|next|this past) (week|month|year)",
                    (today, m) -> shifted(today, direction(m.group(1)), m.group(2))),
            rule(
                    "(last|this past|next) (spring|summer|autumn|fall|winter)",
                    (today, m) -> m.group(2) + " " + season(today, m)));

    private RelativeDates() {}

    /** The mentions in a text said at a time, in the text's order; none overlaps another. */
    static List<Mention> in(String text, Instant said) {
        var plain = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        if (plain.length() != text.length()) {
            return List.of();
        }
        var today = LocalDate.ofInstant(said, ZoneOffset.UTC);
        var taken = new boolean[plain.length()];
        var mentions = new ArrayList<Mention>();
        for (var rule : RULES) {
            var matcher = rule.words().matcher(plain);
            while (matcher.find()) {
                if (!taken[matcher.start()] && !taken[matcher.end() - 1]) {
                    Arrays.fill(taken, matcher.start(), matcher.end(), true);
                    mentions.add(new Mention(
                            text.substring(matcher.start(), matcher.end()),
                            rule.date().apply(today, matcher.toMatchResult()),
                            matcher.start()));
                }
            }
        }
        mentions.sort(Comparator.comparingInt(Mention::start));
        return mentions;
    }

    private static Rule rule(String words, BiFunction<LocalDate, MatchResult, String> date) {
        return new Rule(Pattern.compile("\\b(?:" + words + ")\\b"), date);
    }

    private static int count(MatchResult match) {
        var words = match.group(1);
        return COUNTS.containsKey(words) ? COUNTS.get(words) : Integer.parseInt(words);
    }

    private static int direction(String word) {
        return switch (word) {
            case "next" -> 1;
            case "this" -> 0;
            default -> -1;
        };
    }

    private static DayOfWeek weekday(String name) {
        return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static String shifted(LocalDate today, int by, String unit) {
        return switch (unit) {
            case "day" -> day(today.plusDays(by));
            case "week" ->
                "week of " + day(today.plusWeeks(by).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case "month" -> today.plusMonths(by).format(MONTH);
            default -> String.valueOf(today.plusYears(by).getYear());
        };
    }

    private static String weekend(LocalDate today, String word) {
        var coming = today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
        if (today.getDayOfWeek() == DayOfWeek.SUNDAY) {
            coming = today.minusDays(1);
        }
        var saturday =
                switch (word) {
                    case "next" -> coming.plusWeeks(ChronoUnit.DAYS.between(today, coming) < 2 ? 1 : 0);
                    case "last", "past", "this past" -> coming.minusWeeks(1);
                    default -> coming;
                };
        return "weekend of " + day(saturday);
    }

    private static int season(LocalDate today, MatchResult match) {
        var starts = Map.of("spring", 3, "summer", 6, "autumn", 9, "fall", 9, "winter", 12)
                .get(match.group(2));
        var month = today.getMonthValue();
        if (match.group(1).equals("next")) {
            return month < starts ? today.getYear() : today.getYear() + 1;
        }
        return month > starts + 2 ? today.getYear() : today.getYear() - 1;
    }

    private static String day(LocalDate date) {
        return date.format(DAY);
    }
}
