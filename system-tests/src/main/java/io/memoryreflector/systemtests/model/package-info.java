/**
 * A stand-in for a model's endpoint: it speaks OpenAI's protocol, answers by rules, and misbehaves as it is told. For
 * tests, for load runs and for whoever wants to try the model reflector without a model.
 */
package io.memoryreflector.systemtests.model;
