package io.memoryreflector.cli.imports;

import io.memoryreflector.cli.HttpStub;
import io.memoryreflector.cli.HttpStub.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The batch endpoint as the contract has it: keeps each id once, refuses items without a user. Thread-safe. */
final class BatchEndpoint implements HttpStub.Script {

    private final Set<String> ids = new HashSet<>();
    private final List<JsonNode> log = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();

    @Override
    public synchronized Reply answer(HttpStub.Request request) {
        var lines = request.body()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        sizes.add(lines.size());
        var answer = JsonMapper.shared().createObjectNode();
        var items = answer.putArray("items");
        for (var line : lines) {
            var item = items.addObject().put("index", items.size() - 1);
            if (line.path("user_id").asString("").isEmpty()) {
                item.put("code", 422).putObject("problem").put("status", 422).put("detail", "user_id: is missing");
            } else {
                var fresh = ids.add(line.path("interaction_id").asString());
                item.put("code", 202).putObject("answer").put("status", fresh ? "queued_reflection" : "duplicate");
                if (fresh) {
                    log.add(line);
                }
            }
        }
        return new Reply(207, answer.toString(), Map.of());
    }

    /** What is in, in order. */
    synchronized List<JsonNode> log() {
        return List.copyOf(log);
    }

    /** How many items each request had. */
    synchronized List<Integer> sizes() {
        return List.copyOf(sizes);
    }
}
