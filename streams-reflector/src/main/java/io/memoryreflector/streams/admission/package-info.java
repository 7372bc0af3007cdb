/** Whether a call may be made now, as far as money and the provider's limits go. Knows no task and no lane. */
package io.memoryreflector.streams.admission;
