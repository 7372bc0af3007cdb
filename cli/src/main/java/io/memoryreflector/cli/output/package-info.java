/** What a person or a script gets to see, and what is around the process. Nothing here knows the service. */
package io.memoryreflector.cli.output;
