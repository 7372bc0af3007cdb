/** What every sink shares: decoding by topic, batches, and what happens when a store is down or a record is refused. */
package io.memoryreflector.connect.sink;
