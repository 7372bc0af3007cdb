/** From a draft to the event, with the checks that REST makes. Nothing here waits, sends or counts. */
package io.memoryreflector.client.event;
