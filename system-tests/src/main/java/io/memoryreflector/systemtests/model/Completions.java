package io.memoryreflector.systemtests.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The bodies of chat completions, as OpenAI shapes them: pure. */
final class Completions {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int CHARACTERS_A_TOKEN = 4;
    private static final String NO_JSON = "Sure! Here is what I found: {\"facts\": [{\"interaction\": ";
    private static final String OTHER_SCHEMA = "{\"result\": {\"items\": [1, 2, 3]}, \"note\": \"not what was asked\"}";
    private static final String CHAT = "I am a stub: I only reflect on what Memory Reflector sends.";

    /**
     * An answer's message and what it cost.
     *
     * @param content null in a refusal
     */
    record Completion(String content, String refusal, int inputTokens, int outputTokens) {}

    private Completions() {}

    /** What stands in the message. */
    static Completion complete(Ask ask, Outcome outcome, Behaviour behaviour) {
        var refusal = outcome == Outcome.REFUSED ? "I'm sorry, I can't help with that." : null;
        var content = refusal != null ? null : content(ask, outcome, behaviour);
        return new Completion(
                content, refusal, tokens(ask.characters()), tokens((refusal == null ? content : refusal).length()));
    }

    /** The body of a 200. */
    static Map<String, Object> body(String id, long created, Ask ask, Completion completion) {
        var message = new LinkedHashMap<String, Object>();
        message.put("role", "assistant");
        message.put("content", completion.content());
        message.put("refusal", completion.refusal());
        var choice = new LinkedHashMap<String, Object>();
        choice.put("index", 0);
        choice.put("message", message);
        choice.put("finish_reason", "stop");
        var body = new LinkedHashMap<String, Object>();
        body.put("id", id);
        body.put("object", "chat.completion");
        body.put("created", created);
        body.put("model", ask.model());
        body.put("choices", List.of(choice));
        body.put(
                "usage",
                Map.of(
                        "prompt_tokens",
                        completion.inputTokens(),
                        "completion_tokens",
                        completion.outputTokens(),
                        "total_tokens",
                        completion.inputTokens() + completion.outputTokens()));
        return body;
    }

    /** A rough count of tokens. */
    static int tokens(int characters) {
        return (characters + CHARACTERS_A_TOKEN - 1) / CHARACTERS_A_TOKEN;
    }

    private static String content(Ask ask, Outcome outcome, Behaviour behaviour) {
        if (outcome == Outcome.INVALID_JSON) {
            return NO_JSON;
        }
        if (outcome == Outcome.WRONG_SCHEMA) {
            return OTHER_SCHEMA;
        }
        if (ask.tier().equals(Ask.OTHER)) {
            return CHAT;
        }
        var json = JSON.writeValueAsString(new RuleModel(behaviour.gullible()).answer(ask));
        return behaviour.formats() == Behaviour.Formats.NONE
                ? "Here is the JSON you asked for:\n```json\n" + json + "\n```\n"
                : json;
    }
}
