package io.memoryreflector.schemas.encryption;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A key management service of this process with a key for every {@code test-kms://} URI. As the clients of real ones, it is
 * found by a line in {@code META-INF/services}, knows no credentials before it is told to load some, and fails like a wrong
 * key while the service is away.
 */
public final class KeyService implements KmsClient {

    static final String SCHEME = "test-kms://";

    private static final int MOST_BYTES = 4_096;

    private static final AtomicBoolean AWAY = new AtomicBoolean();
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final boolean hasCredentials;

    public KeyService() {
        this(false);
    }

    private KeyService(boolean hasCredentials) {
        this.hasCredentials = hasCredentials;
    }

    static int calls() {
        return CALLS.get();
    }

    /** From now on it does not answer, or answers again. */
    static void setAway(boolean away) {
        AWAY.set(away);
    }

    @Override
    public boolean doesSupport(String keyUri) {
        return keyUri.startsWith(SCHEME);
    }

    @Override
    public KmsClient withCredentials(String path) {
        throw new UnsupportedOperationException("nobody gives a path");
    }

    @Override
    public KmsClient withDefaultCredentials() {
        return new KeyService(true);
    }

    @Override
    public Aead getAead(String keyUri) throws GeneralSecurityException {
        if (!hasCredentials) {
            throw new GeneralSecurityException("no credentials");
        }
        return new Remote(new AesGcmJce(Arrays.copyOf(keyUri.getBytes(), 32)));
    }

    private record Remote(Aead key) implements Aead {

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
            if (plaintext.length > MOST_BYTES) {
                throw new GeneralSecurityException("takes up to " + MOST_BYTES + " bytes");
            }
            return called().encrypt(plaintext, associatedData);
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
            return called().decrypt(ciphertext, associatedData);
        }

        private Aead called() throws GeneralSecurityException {
            CALLS.incrementAndGet();
            if (AWAY.get()) {
                throw new GeneralSecurityException("the service is away");
            }
            return key;
        }
    }
}
