package io.memoryreflector.schemas.encryption;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/**
 * Where in the records of a schema something personal stands, found once from its tags, so that a record is walked
 * without looking at the rest of it. Immutable and thread-safe.
 */
final class PersonalFields {

    private static final String TAGS = "confluent:tags";
    private static final String PERSONAL = "PII";

    /** What is done to each personal value, given the field it stands in; the same object where nothing is. */
    interface Change {
        CharSequence text(CharSequence value, String place);

        ByteBuffer bytes(ByteBuffer value, String place);
    }

    private record Field(int position, String place, boolean tagged) {}

    private final Schema schema;
    private final List<Field> fields;
    private final Map<String, PersonalFields> records;

    private PersonalFields(Schema schema, List<Field> fields, Map<String, PersonalFields> records) {
        this.schema = schema;
        this.fields = fields;
        this.records = records;
    }

    /** Those of a record's schema. */
    static PersonalFields of(Schema schema) {
        return of(schema, new HashMap<>());
    }

    /** A copy in which each personal value is changed, all else shared with the original; the original if none is. */
    <T extends IndexedRecord> T changed(T original, Change change) {
        T copy = null;
        for (var field : fields) {
            var value = original.get(field.position());
            var changed = changed(value, field, change);
            if (changed != value) {
                copy = copy == null ? copy(original) : copy;
                copy.put(field.position(), changed);
            }
        }
        return copy == null ? original : copy;
    }

    private <T extends IndexedRecord> T copy(T original) {
        @SuppressWarnings("unchecked")
        var copy = (T)
                (original instanceof GenericData.Record
                        ? new GenericData.Record(schema)
                        : SpecificData.newInstance(original.getClass(), schema));
        for (var field : schema.getFields()) {
            copy.put(field.pos(), original.get(field.pos()));
        }
        return copy;
    }

    private Object changed(Object value, Field field, Change change) {
        if (value instanceof CharSequence text) {
            return field.tagged() ? change.text(text, field.place()) : value;
        }
        if (value instanceof ByteBuffer bytes) {
            return field.tagged() ? change.bytes(bytes, field.place()) : value;
        }
        if (value instanceof List<?> items) {
            return changedItems(items, field, change);
        }
        if (value instanceof Map<?, ?> entries) {
            return changedEntries(entries, field, change);
        }
        if (value instanceof IndexedRecord record) {
            var inner = records.get(record.getSchema().getFullName());
            return inner == null ? record : inner.changed(record, change);
        }
        return value;
    }

    private List<?> changedItems(List<?> items, Field field, Change change) {
        List<Object> copy = null;
        for (var i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var changed = changed(item, field, change);
            if (changed != item) {
                copy = copy == null ? new ArrayList<>(items) : copy;
                copy.set(i, changed);
            }
        }
        return copy == null ? items : copy;
    }

    private Map<?, ?> changedEntries(Map<?, ?> entries, Field field, Change change) {
        Map<Object, Object> copy = null;
        for (var entry : entries.entrySet()) {
            var changed = changed(entry.getValue(), field, change);
            if (changed != entry.getValue()) {
                copy = copy == null ? new HashMap<>(entries) : copy;
                copy.put(entry.getKey(), changed);
            }
        }
        return copy == null ? entries : copy;
    }

    private static PersonalFields of(Schema schema, Map<String, PersonalFields> known) {
        var fields = new ArrayList<Field>();
        var found = new PersonalFields(schema, fields, known);
        known.put(schema.getFullName(), found);
        for (var field : schema.getFields()) {
            var tagged = isTagged(field);
            var inside = new HashSet<Schema>();
            records(field.schema(), inside);
            var personalInside = false;
            for (var record : inside) {
                var inner = known.get(record.getFullName());
                personalInside |= !(inner == null ? of(record, known) : inner).fields.isEmpty();
            }
            if (tagged || personalInside) {
                fields.add(new Field(field.pos(), schema.getFullName() + "." + field.name(), tagged));
            }
        }
        return found;
    }

    private static void records(Schema schema, Set<Schema> found) {
        switch (schema.getType()) {
            case RECORD -> found.add(schema);
            case ARRAY -> records(schema.getElementType(), found);
            case MAP -> records(schema.getValueType(), found);
            case UNION -> schema.getTypes().forEach(type -> records(type, found));
            default -> {
                // Holds no record.
            }
        }
    }

    private static boolean isTagged(Schema.Field field) {
        return Optional.ofNullable(field.getObjectProp(TAGS))
                .filter(tags -> tags instanceof Collection<?> all && all.contains(PERSONAL))
                .isPresent();
    }
}
