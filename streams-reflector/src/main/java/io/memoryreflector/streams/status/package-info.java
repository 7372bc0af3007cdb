/** What became of each interaction: the merge of the lanes' outcomes. Nothing here reflects or retries. */
package io.memoryreflector.streams.status;
