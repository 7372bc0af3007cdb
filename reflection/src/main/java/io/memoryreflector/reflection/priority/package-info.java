/**
 * How soon an interaction is reflected when its sender did not say. Pure rules over the words; never a look at the clock,
 * the user's past or the load.
 */
package io.memoryreflector.reflection.priority;
