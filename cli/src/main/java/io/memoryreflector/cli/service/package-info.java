/** The service as a client sees it: requests, answers, problems. Nothing here knows what a command is. */
package io.memoryreflector.cli.service;
