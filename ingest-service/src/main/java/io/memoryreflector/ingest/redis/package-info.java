/** How the service lives with a Redis that is slow or away. What is kept in Redis is the memory store's business. */
package io.memoryreflector.ingest.redis;
