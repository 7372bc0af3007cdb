/** Settings from environment variables, read and checked in one way by every program. No defaults of a program live here. */
package io.memoryreflector.schemas.env;
