/** What is parked, and why: dead letters of the lanes and poison bytes. Nothing here sends anything on. */
package io.memoryreflector.streams.deadletter;
