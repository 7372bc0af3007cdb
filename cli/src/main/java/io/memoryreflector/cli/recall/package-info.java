/** Asking what is remembered. */
package io.memoryreflector.cli.recall;
