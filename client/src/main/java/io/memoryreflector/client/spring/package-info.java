/** The collector as a bean of Spring Boot's. The only place that knows Spring Boot. */
package io.memoryreflector.client.spring;
