/** The model reflector against the stub, on real servers; and the stub itself. */
package io.memoryreflector.systemtests.model;
