/** Several reflectors on one Kafka, in short. */
package io.memoryreflector.systemtests.scale;
