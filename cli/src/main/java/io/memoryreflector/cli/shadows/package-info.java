/** {@code reflector shadows}, {@code compare}, {@code promote} and {@code abandon}: reflecting again. */
package io.memoryreflector.cli.shadows;
