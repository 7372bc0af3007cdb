/** Keys and upkeep of state stores that several sub-topologies share. */
package io.memoryreflector.streams.store;
