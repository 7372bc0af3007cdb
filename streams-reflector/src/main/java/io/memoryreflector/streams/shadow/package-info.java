/** What is different where the reflector is a shadow: its pace and its budget. Knows no stage of the topology. */
package io.memoryreflector.streams.shadow;
