package io.memoryreflector.cli.deadletters;

import io.memoryreflector.cli.HttpStub;
import io.memoryreflector.cli.HttpStub.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The admin endpoints as the contract has them, over dead letters in memory; a job takes a few polls. Thread-safe. */
final class DeadLetterAdmin implements HttpStub.Script {

    private static final Pattern ONE = Pattern.compile("/api/v1/dead-letters/([^:/]+)(?::(replay|discard))?");
    private static final Pattern MANY = Pattern.compile("/api/v1/dead-letters:(replay|discard)");
    private static final int STEP = 40;

    private final List<ObjectNode> letters = new ArrayList<>();
    private final Map<String, ObjectNode> jobs = new HashMap<>();
    private String failing = "";

    /** Half of them of the semantic tier. */
    static DeadLetterAdmin with(int count) {
        var admin = new DeadLetterAdmin();
        IntStream.range(0, count).forEach(i -> admin.letters.add(letter(i)));
        return admin;
    }

    /** A job that meets this letter fails for it. */
    DeadLetterAdmin failingFor(String id) {
        failing = id;
        return this;
    }

    @Override
    public synchronized Reply answer(HttpStub.Request request) {
        var path = request.path();
        if (path.equals("/api/v1/dead-letters")) {
            return Reply.ok(list(parameters(request.query())).toString());
        }
        if (path.startsWith("/api/v1/replay-jobs/")) {
            var job = jobs.get(path.substring(path.lastIndexOf('/') + 1));
            return job == null
                    ? Reply.problem(404, "job_id: is not known")
                    : Reply.ok(advanced(job).toString());
        }
        var many = MANY.matcher(path);
        if (many.matches()) {
            return many(many.group(1), request.json());
        }
        var one = ONE.matcher(path);
        if (one.matches()) {
            return letters.stream()
                    .filter(letter -> letter.path("id").asString().equals(one.group(1)))
                    .findFirst()
                    .map(letter -> one.group(2) == null ? Reply.ok(whole(letter)) : job(one.group(2), List.of(letter)))
                    .orElse(Reply.problem(404, "id: got '" + one.group(1) + "', which is not known"));
        }
        return Reply.problem(404, "nothing here");
    }

    synchronized long count(String state) {
        return letters.stream()
                .filter(letter -> letter.path("state").asString().equals(state))
                .count();
    }

    private JsonNode list(Map<String, String> parameters) {
        var matching = matching(parameters::get);
        var from = Integer.parseInt(parameters.getOrDefault("cursor", "0"));
        var to = Math.min(matching.size(), from + Integer.parseInt(parameters.getOrDefault("limit", "50")));
        var page = JsonMapper.shared().createObjectNode();
        page.putArray("dead_letters").addAll(matching.subList(from, to));
        page.put("total", matching.size());
        return page.put("next_cursor", to < matching.size() ? Integer.toString(to) : null);
    }

    private Reply many(String verb, JsonNode request) {
        var filter = request.path("filter");
        var matching = matching(field -> filter.path(field).asString(null));
        if (!request.path("dry_run").asBoolean(true)) {
            return job(verb, matching);
        }
        var answer = JsonMapper.shared().createObjectNode().put("dry_run", true).put("matched", matching.size());
        answer.putArray("sample").addAll(matching.subList(0, Math.min(10, matching.size())));
        return Reply.ok(answer.toString());
    }

    private Reply job(String verb, List<ObjectNode> chosen) {
        var id = "job-" + (jobs.size() + 1);
        var failed = chosen.stream()
                .filter(letter -> letter.path("id").asString().equals(failing))
                .count();
        chosen.stream()
                .filter(letter -> !letter.path("id").asString().equals(failing))
                .forEach(letter -> letter.put("state", verb.equals("replay") ? "replayed" : "discarded"));
        var job = JsonMapper.shared()
                .createObjectNode()
                .put("job_id", id)
                .put("state", "running")
                .put("matched", chosen.size())
                .put("sent", 0)
                .put("failed", failed);
        jobs.put(id, job);
        return Reply.accepted(job.toString());
    }

    private static ObjectNode advanced(ObjectNode job) {
        var all = job.path("matched").asInt() - job.path("failed").asInt();
        var sent = Math.min(all, job.path("sent").asInt() + STEP);
        return job.put("sent", sent).put("state", sent == all ? "done" : "running");
    }

    private List<ObjectNode> matching(java.util.function.UnaryOperator<String> filter) {
        Predicate<ObjectNode> matches = letter -> List.of("tier", "user_id", "namespace").stream()
                .allMatch(field -> filter.apply(field) == null
                        || filter.apply(field).equals(letter.path(field).asString("")));
        var state = filter.apply("state") == null ? "parked" : filter.apply("state");
        var error = filter.apply("error") == null ? "" : filter.apply("error");
        return letters.stream()
                .filter(matches)
                .filter(letter -> letter.path("state").asString().equals(state))
                .filter(letter -> letter.path("message").asString().contains(error))
                .toList();
    }

    private static ObjectNode letter(int i) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", "dl-" + i)
                .put("state", "parked")
                .put("source_topic", "reflector.tasks.semantic")
                .put("source_partition", i % 3)
                .put("source_offset", i)
                .put("tier", i % 2 == 0 ? "semantic" : "episodic")
                .put("namespace", "default")
                .put("user_id", "user " + i % 5)
                .put("interaction_id", "i" + i)
                .put("reason", "permanent")
                .put("error_class", "io.example.ModelRefused")
                .put("message", "the model refused " + i)
                .put("attempts", 4)
                .put("parked_at", "2026-05-02T10:00:00.123Z")
                .put("times_parked", 1)
                .put("component", "streams-reflector");
    }

    private static String whole(ObjectNode letter) {
        var whole = letter.deepCopy();
        whole.putObject("key").put("text", "default/user 1").put("base64", "ZGVmYXVsdC91c2VyIDE=");
        var value = whole.putObject("value").put("base64", "AAAA").put("size", 3);
        if (letter.path("id").asString().equals("dl-0")) {
            value.put("decode_error", "no schema with id 0");
        } else {
            value.putObject("decoded").put("content", "I moved");
        }
        whole.putArray("headers").addObject().put("key", "traceparent").put("text", "00-1");
        whole.put("stack_trace", "io.example.ModelRefused: no\n\tat io.example.Model.call(Model.java:7)");
        whole.putArray("history").addObject().put("kind", "transient").put("message", "timed out");
        whole.putArray("actions")
                .addObject()
                .put("action", "replayed")
                .put("job_id", "job-0")
                .put("reason", "mended");
        return whole.toString();
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new HashMap<String, String>();
        for (var parameter : query.split("&")) {
            var parts = parameter.split("=", 2);
            if (parts.length == 2) {
                parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}
