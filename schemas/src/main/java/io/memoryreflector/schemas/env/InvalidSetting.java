package io.memoryreflector.schemas.env;

/** A variable whose value cannot be used; the message is one line for whoever starts the program. */
public final class InvalidSetting extends IllegalArgumentException {

    /**
     * @param variable the environment variable
     * @param got its value
     * @param takes what it may be
     */
    public InvalidSetting(String variable, String got, String takes) {
        super(variable + ": got '" + got + "', takes " + takes);
    }
}
