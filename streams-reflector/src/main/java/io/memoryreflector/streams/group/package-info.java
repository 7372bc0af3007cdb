/** How an instance stands among the others of its application: name, rack, copies of the state, group protocol. */
package io.memoryreflector.streams.group;
