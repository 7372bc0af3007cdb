/** What became of what was sent, and whether the service is well. */
package io.memoryreflector.cli.status;
