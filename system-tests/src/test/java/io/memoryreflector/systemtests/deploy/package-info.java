/** What {@code docker-compose.yml} and {@code deploy/} say, held against the programs. Nothing here starts a server. */
package io.memoryreflector.systemtests.deploy;
