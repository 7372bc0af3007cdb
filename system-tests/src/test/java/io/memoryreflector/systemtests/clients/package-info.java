/** The producers of docs/clients, which nobody here wrote, on real servers. No example stands here. */
package io.memoryreflector.systemtests.clients;
