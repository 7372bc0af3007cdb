/** Taking out of both stores what has been kept for long enough. Nothing here knows where the settings come from, and nothing touches the log. */
package io.memoryreflector.store.retention;
