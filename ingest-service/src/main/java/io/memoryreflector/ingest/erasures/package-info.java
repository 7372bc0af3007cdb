/** Forgetting, as callers ask for it: an event on the log, which every store and stage obeys. Nothing here deletes. */
package io.memoryreflector.ingest.erasures;
