/** The asynchronous reflect stage: tasks wait in a store, calls run beside the stream thread, completions come back on a queue. Nothing here knows what a tier means. */
package io.memoryreflector.streams.reflect;
