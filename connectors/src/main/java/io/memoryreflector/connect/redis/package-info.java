/** Interactions and their status into Redis. */
package io.memoryreflector.connect.redis;
