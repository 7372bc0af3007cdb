/** {@code make scale-out} and {@code make standby-recovery}: several reflectors, each a process, on one Kafka. */
package io.memoryreflector.systemtests.scale;
