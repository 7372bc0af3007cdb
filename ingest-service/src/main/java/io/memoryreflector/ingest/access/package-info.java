/**
 * Who may do what: API keys and tokens, roles, the namespace that a credential belongs to, and how much a caller may
 * ask for. Nothing here reads or writes memories.
 */
package io.memoryreflector.ingest.access;
