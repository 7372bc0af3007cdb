package io.memoryreflector.systemtests.dashboards.ksqldb;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What an expression comes to.
 *
 * @param schema empty where it is computed: then it may be anything
 */
record Type(Optional<Schema> schema) {

    static final Type ANY = new Type(Optional.empty());

    /** Of a field; a union with null is its other half. */
    static Type of(Schema schema) {
        if (!schema.isUnion()) {
            return new Type(Optional.of(schema));
        }
        var halves = schema.getTypes().stream()
                .filter(half -> half.getType() != Schema.Type.NULL)
                .toList();
        if (halves.size() != 1) {
            throw new IllegalArgumentException("ksqlDB has no type for " + schema);
        }
        return of(halves.get(0));
    }

    Type field(Token name) {
        var record = wanted(name, Schema.Type.RECORD);
        return record.getFields().stream()
                .filter(field -> field.name().toUpperCase(Locale.ROOT).equals(name.text()))
                .findFirst()
                .map(field -> of(field.schema()))
                .orElseThrow(() -> new KsqlError(
                        name,
                        record.getName() + " has no field " + name.text() + ", takes one of "
                                + record.getFields().stream()
                                        .map(Schema.Field::name)
                                        .toList()));
    }

    /** Of an array's or a map's entries. */
    Type entry(Token at) {
        if (schema.filter(it -> it.getType() == Schema.Type.MAP).isPresent()) {
            return of(schema.get().getValueType());
        }
        return of(wanted(at, Schema.Type.ARRAY).getElementType());
    }

    void mustBeANumber(Token at) {
        mustBe(at, "a number", List.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE));
        if (schema.map(Schema::getLogicalType).isPresent()) {
            throw new KsqlError(at, at.text() + " takes a number, got a time");
        }
    }

    void mustBeATime(Token at) {
        if (schema.isPresent() && schema.get().getLogicalType() == null) {
            throw new KsqlError(
                    at, at.text() + " takes a time, got " + schema.get().getType());
        }
    }

    /** A text that this is compared with. */
    void mustKnow(Token text) {
        schema.filter(it -> it.getType() == Schema.Type.ENUM && !it.hasEnumSymbol(text.text()))
                .ifPresent(it -> {
                    throw new KsqlError(
                            text, it.getName() + " has no '" + text.text() + "', takes one of " + it.getEnumSymbols());
                });
    }

    private void mustBe(Token at, String what, List<Schema.Type> types) {
        if (schema.isPresent() && !types.contains(schema.get().getType())) {
            throw new KsqlError(
                    at, at.text() + " takes " + what + ", got " + schema.get().getType());
        }
    }

    private Schema wanted(Token at, Schema.Type type) {
        return schema.filter(it -> it.getType() == type)
                .orElseThrow(() -> new KsqlError(
                        at,
                        at.text() + " takes " + type + ", got "
                                + schema.map(it -> it.getType().toString()).orElse("a computed value")));
    }
}
