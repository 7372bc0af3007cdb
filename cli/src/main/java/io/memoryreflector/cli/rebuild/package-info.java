/** {@code reflector rebuild} and {@code dump}: building a projection anew, and comparing it. */
package io.memoryreflector.cli.rebuild;
