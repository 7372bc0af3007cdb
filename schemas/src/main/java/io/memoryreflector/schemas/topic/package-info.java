/** The topic catalogue and the code that creates and checks topics from it. No program names a topic elsewhere. */
package io.memoryreflector.schemas.topic;
