/**
 * Tells what people say from what tries to give orders to an assistant or to whoever extracts memories. What is
 * remembered is data; what looks like an order is held back until somebody has looked at it.
 */
package io.memoryreflector.reflection.poison;
