/** Every error as {@code application/problem+json}, wherever it arises. No endpoint and no decision of what is valid lives here. */
package io.memoryreflector.ingest.problem;
