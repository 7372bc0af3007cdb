/**
 * The contract between the programs: identifiers, keys and header names. The Avro records themselves are generated
 * into {@code io.memoryreflector.events}. Nothing here may know a server other than the schema registry, and nothing
 * here depends on another module.
 */
package io.memoryreflector.schemas;
