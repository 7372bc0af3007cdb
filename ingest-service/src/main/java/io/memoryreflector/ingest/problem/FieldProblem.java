package io.memoryreflector.ingest.problem;

/**
 * What is wrong with one field.
 *
 * @param field path of the field, such as {@code messages[2].content}
 * @param message what it got and what it takes
 */
public record FieldProblem(String field, String message) {}
