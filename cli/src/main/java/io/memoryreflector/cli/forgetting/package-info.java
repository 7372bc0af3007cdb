/** The right to be forgotten, and everything about a user in one file before it. */
package io.memoryreflector.cli.forgetting;
