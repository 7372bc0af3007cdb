/** The lane in which failed tasks wait for their time. Nothing here decides whether a task is worth another attempt. */
package io.memoryreflector.streams.retry;
