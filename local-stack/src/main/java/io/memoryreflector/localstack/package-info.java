/**
 * The real servers without Docker, each a process of its own on loopback: for {@code make run} and for the tests of
 * every module. Nothing of the product may depend on it outside tests.
 */
package io.memoryreflector.localstack;
