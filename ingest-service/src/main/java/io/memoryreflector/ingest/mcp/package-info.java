/** The Model Context Protocol: the memory as tools of an assistant. What the tools do is done elsewhere. */
package io.memoryreflector.ingest.mcp;
