/**
 * What is put into the programs under test from outside, by a Java agent: a reflector that fails by plan, and bugs that
 * the verdict has to find. Runs in the programs' own processes; nothing here is in any jar that ships.
 */
package io.memoryreflector.systemtests.faults.agent;
