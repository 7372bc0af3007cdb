/** Tests of the images that {@code docker-compose.yml} runs; they need a Docker engine and are skipped where none is. */
package io.memoryreflector.systemtests.images;
