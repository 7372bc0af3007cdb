/** The REST API as a client sees it. */
package io.memoryreflector.systemtests.http;
