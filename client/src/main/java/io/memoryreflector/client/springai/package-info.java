/** Spring AI's chat memory on top of the collector. The only place that knows Spring AI. */
package io.memoryreflector.client.springai;
