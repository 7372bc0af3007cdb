/** LangChain4j's chat memory on top of the collector. The only place that knows LangChain4j. */
package io.memoryreflector.client.langchain4j;
