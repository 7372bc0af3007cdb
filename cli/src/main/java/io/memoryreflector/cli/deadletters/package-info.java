/** Looking at dead letters, replaying and discarding them. Which of them an action meets, the service decides. */
package io.memoryreflector.cli.deadletters;
