package io.memoryreflector.systemtests.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Plays a decent model: the same question gets the same answer. Pure.
 *
 * @param gullible whether it obeys orders in the text of a conversation, as a poor model does
 */
record RuleModel(boolean gullible) {

    private static final int SUMMARY = 240;

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{L}\\p{N},;] )\\p{Lu}\\p{L}+");
    private static final Pattern PROCEDURE = Pattern.compile(
            "(?:(when(?:ever)? [^,]{3,80}),\\s*)?(?:please\\s+)?(always|never|don't|do not|please)\\b.*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AVOID =
            Pattern.compile("(?:please\\s+)?(?:never|don't|do not)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ORDER = Pattern.compile(
            "\\b(?:ignore|disregard|forget)\\b.{0,60}?\\b(?:above|previous|instructions)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern TO_STORE = Pattern.compile(
            "\\b(?:store|remember|save|record) that (.{1,80}?) (?:is|are) ([^.!?\\n]{1,120})",
            Pattern.CASE_INSENSITIVE);

    /** The answer's JSON: the arrays of the tiers that are asked for, or a session in short. */
    Map<String, Object> answer(Ask ask) {
        if (ask.tier().equals(Ask.SESSION)) {
            return session(ask.memories());
        }
        var answer = new LinkedHashMap<String, Object>();
        if (ask.wants("episodic")) {
            answer.put(
                    "episodes",
                    ask.interactions().stream().map(RuleModel::episode).toList());
        }
        if (ask.wants("semantic")) {
            answer.put("facts", facts(ask));
        }
        if (ask.wants("procedural")) {
            answer.put(
                    "procedures",
                    ask.interactions().stream()
                            .flatMap(each -> procedures(each).stream())
                            .toList());
        }
        return answer;
    }

    private static Map<String, Object> session(List<Ask.Remembered> memories) {
        var told = new LinkedHashMap<String, Object>();
        var texts = memories.stream().map(Ask.Remembered::text).collect(Collectors.joining(" "));
        told.put("summary", cut("In this session: " + texts));
        told.put("memories", memories.stream().map(Ask.Remembered::ref).toList());
        return told;
    }

    private static String cut(String text) {
        return text.length() <= SUMMARY ? text : text.substring(0, text.lastIndexOf(' ', SUMMARY)) + " …";
    }

    private static Map<String, Object> episode(Ask.Conversation interaction) {
        var summary = new StringBuilder();
        var entities = new LinkedHashSet<String>();
        // What a machine answers is of account only where nobody else says anything.
        var isTold = interaction.messages().stream().anyMatch(Ask.Said::isUsers);
        for (var said : interaction.messages()) {
            if (said.isUsers() || !isTold) {
                summary.append(summary.isEmpty() ? "" : " ")
                        .append(said.speaker())
                        .append(" said: ")
                        .append(said.text());
            }
            NAME.matcher(said.text()).results().forEach(match -> entities.add(match.group()));
        }
        var episode = new LinkedHashMap<String, Object>();
        episode.put("interaction", interaction.ref());
        episode.put("summary", cut(summary.toString()));
        episode.put("entities", List.copyOf(entities));
        episode.put("importance", 0.5);
        return episode;
    }

    /** In the order of the conversation, each in the light of those before it. */
    private List<Map<String, Object>> facts(Ask ask) {
        var facts = new ArrayList<Map<String, Object>>();
        for (var interaction : ask.interactions()) {
            for (var said : interaction.messages()) {
                if (said.isUsers()) {
                    found(said).forEach(found -> facts.add(fact(interaction, said, found, ask.known())));
                }
            }
        }
        return facts;
    }

    private List<FactRules.Found> found(Ask.Said said) {
        if (!ORDER.matcher(said.text()).find()) {
            return FactRules.find(said.speaker(), said.text());
        }
        var order = TO_STORE.matcher(said.text());
        if (!gullible || !order.find()) {
            return List.of();
        }
        var statement = order.group(1) + " is " + order.group(2) + ".";
        return List.of(new FactRules.Found(order.group(1), "is", order.group(2), statement, true, false));
    }

    private static Map<String, Object> fact(
            Ask.Conversation interaction, Ask.Said said, FactRules.Found found, List<Ask.Known> known) {
        var same = known.stream().filter(each -> isAbout(each, found)).toList();
        var isKnown = same.stream()
                .anyMatch(each -> each.object().equalsIgnoreCase(found.object())
                        && !each.since().isAfter(said.at()));
        var replaced = same.stream()
                .filter(each -> found.ended() == each.object().equalsIgnoreCase(found.object()))
                .map(Ask.Known::ref)
                .toList();
        var action = "add";
        if (isKnown && !found.ended()) {
            action = "leave";
        } else if (found.singleValued() && !replaced.isEmpty()) {
            action = "supersede";
        }
        var fact = new LinkedHashMap<String, Object>();
        fact.put("interaction", interaction.ref());
        fact.put("messages", List.of(said.ref()));
        fact.put("action", action);
        fact.put("replaces", action.equals("supersede") ? replaced : List.of());
        fact.put("subject", found.subject());
        fact.put("predicate", found.predicate());
        fact.put("object", found.object());
        fact.put("statement", found.statement());
        fact.put("single_valued", found.singleValued());
        fact.put("ended", found.ended());
        fact.put("confidence", 0.9);
        return fact;
    }

    private static boolean isAbout(Ask.Known known, FactRules.Found found) {
        return known.subject().equalsIgnoreCase(found.subject())
                && known.predicate().equalsIgnoreCase(found.predicate());
    }

    private List<Map<String, Object>> procedures(Ask.Conversation interaction) {
        var procedures = new ArrayList<Map<String, Object>>();
        for (var said : interaction.messages()) {
            if (!said.isUsers() || ORDER.matcher(said.text()).find() && !gullible) {
                continue;
            }
            for (var sentence : SENTENCE_END.split(said.text())) {
                procedure(interaction, said, sentence).ifPresent(procedures::add);
            }
        }
        return procedures;
    }

    private static Optional<Map<String, Object>> procedure(
            Ask.Conversation interaction, Ask.Said said, String sentence) {
        var match = PROCEDURE.matcher(sentence.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        var trigger = match.group(1);
        var instruction = sentence.strip().substring(trigger == null ? 0 : match.start(2));
        var procedure = new LinkedHashMap<String, Object>();
        procedure.put("interaction", interaction.ref());
        procedure.put("messages", List.of(said.ref()));
        procedure.put("kind", "instruction");
        procedure.put("trigger", trigger == null ? null : trigger.toLowerCase(Locale.ROOT));
        procedure.put("instruction", instruction);
        procedure.put("steps", List.of());
        procedure.put("polarity", AVOID.matcher(instruction).lookingAt() ? "avoid" : "do");
        procedure.put("confidence", 0.9);
        procedure.put("importance", 0.8);
        return Optional.of(procedure);
    }
}
