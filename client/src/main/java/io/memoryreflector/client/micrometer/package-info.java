/** The collector's counts as Micrometer's meters. The only place that knows Micrometer. */
package io.memoryreflector.client.micrometer;
