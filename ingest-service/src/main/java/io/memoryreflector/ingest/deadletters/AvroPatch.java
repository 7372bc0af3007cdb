package io.memoryreflector.ingest.deadletters;

import io.memoryreflector.ingest.problem.FieldProblem;
import io.memoryreflector.ingest.problem.RequestProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/**
 * A JSON merge patch (RFC 7386) on an Avro value, in the JSON of {@link AvroJson}. Only what the patch names is read
 * from JSON; all else stays the datum that it was. A null takes a field back to its default. Pure.
 */
final class AvroPatch {

    private static final List<String> OWNERS = List.of("namespace", "user_id");

    private AvroPatch() {}

    /**
     * The changed datum; the given one is not touched.
     *
     * @throws RequestProblem 422 that names the field, what it got and what it takes
     */
    static Object apply(Schema schema, Object datum, JsonNode patch) {
        return merged(schema, datum, patch, "patch");
    }

    /**
     * What a request asks for, if anything.
     *
     * @throws RequestProblem 422 where it is no object
     */
    static Optional<JsonNode> asked(JsonNode patch) {
        if (patch == null || patch.isNull()) {
            return Optional.empty();
        }
        if (!patch.isObject()) {
            throw problem("patch", "got " + AvroScalars.name(patch) + ", takes an object");
        }
        return Optional.of(patch);
    }

    /**
     * Refuses a patch that would make the record another user's.
     *
     * @throws RequestProblem 422 that names the field
     */
    static void refuseOwners(JsonNode patch) {
        for (var owner : OWNERS) {
            if (patch.findValue(owner) != null) {
                throw problem("patch." + owner, "stays as it is for a credential of one namespace");
            }
        }
    }

    private static Object merged(Schema schema, Object datum, JsonNode patch, String path) {
        if (schema.getType() == Schema.Type.UNION) {
            return union(schema, datum, patch, path);
        }
        return switch (schema.getType()) {
            case RECORD -> record(schema, datum instanceof IndexedRecord record ? record : null, patch, path);
            case MAP -> map(schema, datum instanceof Map<?, ?> map ? map : Map.of(), patch, path);
            case ARRAY -> array(schema, patch, path);
            default -> AvroScalars.read(schema, patch, path);
        };
    }

    private static Object union(Schema union, Object datum, JsonNode patch, String path) {
        if (patch.isObject() && datum != null) {
            var branch = AvroJson.branch(union, datum);
            if (branch.getType() == Schema.Type.RECORD || branch.getType() == Schema.Type.MAP) {
                return merged(branch, datum, patch, path);
            }
        }
        var branches = union.getTypes().stream()
                .filter(branch -> (branch.getType() == Schema.Type.NULL) == patch.isNull())
                .toList();
        if (branches.isEmpty()) {
            throw problem(path, "got null, takes a value");
        }
        RequestProblem refusal = null;
        for (var branch : branches) {
            try {
                return merged(branch, null, patch, path);
            } catch (RequestProblem e) {
                refusal = e;
            }
        }
        throw refusal;
    }

    private static Object record(Schema schema, IndexedRecord current, JsonNode patch, String path) {
        if (!patch.isObject()) {
            throw problem(path, "got " + AvroScalars.name(patch) + ", takes an object");
        }
        refuseUnknown(schema, patch, path);
        var changed = new GenericData.Record(schema);
        for (var field : schema.getFields()) {
            var kept = current == null ? null : current.get(field.pos());
            var named = patch.get(field.name());
            var fieldPath = path + "." + field.name();
            if (named == null && current != null) {
                changed.put(field.pos(), kept);
            } else if (named == null || named.isNull()) {
                changed.put(field.pos(), otherwise(field, fieldPath));
            } else {
                changed.put(field.pos(), merged(field.schema(), kept, named, fieldPath));
            }
        }
        return changed;
    }

    private static void refuseUnknown(Schema schema, JsonNode patch, String path) {
        var unknown = patch.propertyNames().stream()
                .filter(name -> schema.getField(name) == null)
                .findFirst();
        if (unknown.isPresent()) {
            var known = schema.getFields().stream().map(Schema.Field::name).toList();
            throw problem(path + "." + unknown.get(), "is not in the schema, takes one of " + known);
        }
    }

    private static Object otherwise(Schema.Field field, String path) {
        if (field.hasDefaultValue()) {
            return GenericData.get().getDefaultValue(field);
        }
        if (field.schema().isNullable()) {
            return null;
        }
        throw problem(path, "cannot be left out, takes " + AvroScalars.takes(field.schema()));
    }

    private static Object map(Schema schema, Map<?, ?> current, JsonNode patch, String path) {
        if (!patch.isObject()) {
            throw problem(path, "got " + AvroScalars.name(patch) + ", takes an object");
        }
        var changed = new HashMap<String, Object>();
        current.forEach((key, value) -> changed.put(key.toString(), value));
        patch.properties().forEach(named -> {
            if (named.getValue().isNull()) {
                changed.remove(named.getKey());
            } else {
                var kept = changed.get(named.getKey());
                var value = merged(schema.getValueType(), kept, named.getValue(), path + "." + named.getKey());
                changed.put(named.getKey(), value);
            }
        });
        return changed;
    }

    private static Object array(Schema schema, JsonNode patch, String path) {
        if (!patch.isArray()) {
            throw problem(path, "got " + AvroScalars.name(patch) + ", takes an array");
        }
        var items = new ArrayList<>(patch.size());
        for (var item : patch) {
            items.add(merged(schema.getElementType(), null, item, path + "[" + items.size() + "]"));
        }
        return items;
    }

    static RequestProblem problem(String path, String message) {
        return RequestProblem.invalid(HttpStatus.UNPROCESSABLE_CONTENT, List.of(new FieldProblem(path, message)));
    }
}
