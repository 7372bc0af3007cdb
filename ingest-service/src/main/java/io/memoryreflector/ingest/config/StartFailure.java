package io.memoryreflector.ingest.config;

import io.memoryreflector.schemas.env.InvalidSetting;
import org.springframework.boot.web.server.PortInUseException;

/** The start cannot succeed; the message is one line that names the variable to look at. */
public final class StartFailure extends IllegalStateException {

    /**
     * @param message one line that names the variable, what it got and what it takes
     * @param cause may be null
     */
    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** One line for whoever started the program: the cause that says what to do, else the root cause. */
    public static String line(Throwable failure) {
        var root = failure;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSetting || cause instanceof StartFailure) {
                return cause.getMessage();
            }
            if (cause instanceof PortInUseException taken) {
                return "SERVER_PORT: got '" + taken.getPort() + "', which another program uses; takes a free port";
            }
            root = cause;
        }
        return String.valueOf(root).lines().findFirst().orElse("");
    }
}
