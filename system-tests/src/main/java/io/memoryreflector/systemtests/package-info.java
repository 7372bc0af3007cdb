/**
 * The whole system seen from outside: the demo, the evaluation of recall, and (in the tests) faults and load. Nothing
 * here is used by a program of the product.
 */
package io.memoryreflector.systemtests;
