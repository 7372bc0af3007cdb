/** From an interaction to three tasks: duplicates out, priority and context in. Nothing here reflects. */
package io.memoryreflector.streams.intake;
