/**
 * The reflectors that need no model and no network: rules over the words and their parts of speech, the same result for the
 * same task at any time and place. Here live the rules and the way they read sentences; never a call outside the process, a clock or a random
 * number.
 */
package io.memoryreflector.reflection.offline;
