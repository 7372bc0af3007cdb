/** Conversations that come as one text, split into who said what. Knows neither requests nor stores. */
package io.memoryreflector.ingest.transcripts;
