/** From the inbox, where others write what they cannot seal, to the log. Nothing here decides or drops. */
package io.memoryreflector.streams.inbox;
