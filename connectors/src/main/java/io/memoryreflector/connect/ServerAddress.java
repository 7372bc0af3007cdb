package io.memoryreflector.connect;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Takes {@code scheme://host...} with one of a few schemes, as a string or as a secret, which no message repeats. */
public final class ServerAddress implements ConfigDef.Validator {

    private final List<String> schemes;

    private ServerAddress(List<String> schemes) {
        this.schemes = schemes;
    }

    /** An address with one of these schemes. */
    public static ServerAddress of(String... schemes) {
        return new ServerAddress(List.of(schemes));
    }

    @Override
    public void ensureValid(String name, Object value) {
        var text = value instanceof Password secret ? secret.value() : (String) value;
        if (text == null || !isAddress(text)) {
            throw new ConfigException(name, value, "takes " + this);
        }
    }

    @Override
    public String toString() {
        return "scheme://host:port with a scheme of " + schemes;
    }

    private boolean isAddress(String text) {
        try {
            var uri = new URI(text);
            return schemes.contains(uri.getScheme()) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
