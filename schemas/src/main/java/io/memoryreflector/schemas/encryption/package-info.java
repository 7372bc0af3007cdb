/**
 * What is personal is sealed with a key of its user's own, so that forgetting a user is the destruction of a key. The
 * fields that are sealed are those with the tag {@code PII} in the schemas. Knows no topology and no store.
 */
package io.memoryreflector.schemas.encryption;
