package io.memoryreflector.connect.rabbitmq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;

/** Whom to trust and who we are, from key stores; without them, as the JVM does. */
final class TlsContext {

    /**
     * A key store on disk.
     *
     * @param setting that names it, for messages
     */
    record Store(String setting, Path path, char[] password, String type) {}

    private TlsContext() {}

    /** @throws ConfigException naming the setting whose store cannot be read */
    static SSLContext of(Optional<Store> trusted, Optional<Store> own) {
        try {
            if (trusted.isEmpty() && own.isEmpty()) {
                return SSLContext.getDefault();
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted.isPresent() ? load(trusted.get()) : null);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            if (own.isPresent()) {
                keys.init(load(own.get()), own.get().password());
            } else {
                keys.init(null, null);
            }
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new ConfigException("rabbitmq.ssl: cannot be used: " + e.getMessage());
        }
    }

    private static KeyStore load(Store store) throws GeneralSecurityException {
        try (var file = Files.newInputStream(store.path())) {
            var keys = KeyStore.getInstance(store.type());
            keys.load(file, store.password());
            return keys;
        } catch (IOException e) {
            throw new ConfigException(store.setting() + ": got '" + store.path() + "', takes a " + store.type()
                    + " key store that opens with its password: " + e.getMessage());
        }
    }
}
