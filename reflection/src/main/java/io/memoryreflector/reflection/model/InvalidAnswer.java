package io.memoryreflector.reflection.model;

/** A model's answer that does not fit what was asked. The message tells the model what is wrong with it. */
final class InvalidAnswer extends RuntimeException {

    InvalidAnswer(String message) {
        super(message);
    }
}
