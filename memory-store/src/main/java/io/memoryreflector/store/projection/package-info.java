/** How a projection is built beside the one that is in use, and takes its place. Nothing here knows Kafka. */
package io.memoryreflector.store.projection;
