/** Where memories live and how they are recalled. Both stores are projections of the log: nothing here is the only copy of anything, and nothing here knows Kafka's clients. */
package io.memoryreflector.store;
