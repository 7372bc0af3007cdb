/** {@code make model-load}: how many slow calls one reflector keeps going, beside a consumer that waits for each. */
package io.memoryreflector.systemtests.model.load;
