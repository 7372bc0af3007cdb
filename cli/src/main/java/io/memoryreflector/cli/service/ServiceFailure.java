package io.memoryreflector.cli.service;

/** A request that did not succeed: refused, or not answered. */
public abstract sealed class ServiceFailure extends RuntimeException permits Refusal, NoAnswer {

    ServiceFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
