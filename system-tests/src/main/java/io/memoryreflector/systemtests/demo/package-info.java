/** A sample conversation, played to a running system. */
package io.memoryreflector.systemtests.demo;
