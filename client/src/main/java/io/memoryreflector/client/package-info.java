/**
 * The Java SDK as its users see it: the collector, its settings, what is handed over and what became of it. Everything
 * that does the work lives in the packages below and may change; nothing here knows Spring, LangChain4j or Micrometer.
 */
package io.memoryreflector.client;
