/** What a shadow costs the live pipeline. */
package io.memoryreflector.systemtests.shadow;
