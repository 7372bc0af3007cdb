package io.memoryreflector.schemas.encryption;

import static com.google.crypto.tink.aead.PredefinedAeadParameters.AES256_GCM;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.util.SecretBytes;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The master key, which wraps the keys of the users and never touches what they said. AES-256-GCM by Google Tink, or a key
 * at a key management service for whose URI a {@link KmsClient} is found by {@link ServiceLoader}. Immutable and thread-safe; {@link #toString} tells no key.
 */
public final class MasterKeys {

    /** Variable that holds the master key. */
    public static final String VARIABLE = "REFLECTOR_MASTER_KEY";

    private static final String TAKES =
            "32 random bytes in Base64 (openssl rand -base64 32) or the URI of a key at a key management service, such"
                    + " as aws-kms://…, whose Tink client is on the classpath; older ones after commas";

    private final String id;
    private final Aead aead;

    private MasterKeys(String id, Aead aead) {
        this.id = id;
        this.aead = aead;
    }

    /**
     * The master key of the environment; empty where none is set.
     *
     * @throws InvalidSetting if it is none; the message does not show it
     */
    public static Optional<MasterKeys> fromEnvironment(Environment environment) {
        var value = environment.text(VARIABLE, "");
        return value.isEmpty() ? Optional.empty() : Optional.of(parse(value));
    }

    /**
     * Reads the value of {@link #VARIABLE}: the first key wraps, the others still unwrap what they have wrapped.
     *
     * @throws InvalidSetting if it is none; the message does not show it
     */
    public static MasterKeys parse(String value) {
        try {
            AeadConfig.register();
            return of(value.split(",", -1));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidSetting(VARIABLE, "***", TAKES);
        }
    }

    /** Names the key that wraps. */
    public String id() {
        return id;
    }

    /** Wraps a key; what it belongs to has to be told again when it is unwrapped. */
    byte[] wrap(byte[] key, byte[] belongsTo) throws GeneralSecurityException {
        return aead.encrypt(key, belongsTo);
    }

    /** @throws GeneralSecurityException if none of these keys has wrapped it, or for something else */
    byte[] unwrap(byte[] wrapped, byte[] belongsTo) throws GeneralSecurityException {
        return aead.decrypt(wrapped, belongsTo);
    }

    /** For what belongs to no user. */
    Aead aead() {
        return aead;
    }

    @Override
    public String toString() {
        return "MasterKeys[" + id + "]";
    }

    private static MasterKeys of(String[] keys) throws GeneralSecurityException {
        var all = new ArrayList<MasterKeys>();
        for (var key : keys) {
            all.add(
                    isOfService(key)
                            ? ofService(key.strip())
                            : ofBytes(Base64.getDecoder().decode(key.strip())));
        }
        var first = all.get(0);
        if (all.size() == 1) {
            return first;
        }
        // Those on this machine say at once that something is not theirs.
        all.sort(Comparator.comparing(key -> isOfService(key.id)));
        return new MasterKeys(
                first.id,
                new FirstOf(first.aead, all.stream().map(MasterKeys::aead).toList()));
    }

    private static boolean isOfService(String key) {
        return key.contains("://");
    }

    /**
     * A service is asked when something is wrapped or unwrapped, not before. It takes little at once, such as 4 KiB, so what
     * it wraps is a key that is made for each time.
     */
    private static MasterKeys ofService(String uri) throws GeneralSecurityException {
        for (var client : ServiceLoader.load(KmsClient.class)) {
            if (client.doesSupport(uri)) {
                var service = client.withDefaultCredentials().getAead(uri);
                return new MasterKeys(uri, KmsEnvelopeAead.create(AES256_GCM, service));
            }
        }
        throw new GeneralSecurityException("no client for the URI");
    }

    private static MasterKeys ofBytes(byte[] bytes) throws GeneralSecurityException {
        var id = id(bytes);
        var key = AesGcmKey.builder()
                .setParameters(AES256_GCM)
                .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                .setIdRequirement(id)
                .build();
        var handle = KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withFixedId(id).makePrimary())
                .build();
        return new MasterKeys(
                HexFormat.of().toHexDigits(id), handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
    }

    /** The same key has the same id in every process, and the id tells nothing of it. */
    private static int id(byte[] key) throws GeneralSecurityException {
        return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key)).getInt();
    }

    /**
     * Encrypts with one key and decrypts with whichever it was.
     *
     * @param all in the order in which they are tried
     */
    private record FirstOf(Aead first, List<Aead> all) implements Aead {

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
            return first.encrypt(plaintext, associatedData);
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
            GeneralSecurityException failure = null;
            for (var one : all) {
                try {
                    return one.decrypt(ciphertext, associatedData);
                } catch (GeneralSecurityException e) {
                    failure = e;
                }
            }
            throw failure;
        }
    }
}
