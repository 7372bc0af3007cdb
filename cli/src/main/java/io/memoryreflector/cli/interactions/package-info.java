/** Handing over single interactions. Many at once belong to the imports. */
package io.memoryreflector.cli.interactions;
