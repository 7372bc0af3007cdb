package io.memoryreflector.schemas.encryption;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.KmsClients;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The master key, which wraps the keys of the users and never touches what they said. AES-256-GCM by Google Tink, or a
 * key management service that Tink knows. Immutable and thread-safe; {@link #toString} tells no key.
 */
public final class MasterKeys {

    /** Variable that holds the master key. */
    public static final String VARIABLE = "REFLECTOR_MASTER_KEY";

    private static final int KEY_BYTES = 32;
    private static final String TAKES =
            "32 random bytes in Base64 (openssl rand -base64 32), older ones after commas, or the URI of a key at a"
                    + " key management service, such as aws-kms://…, whose Tink client is on the classpath";

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
            return value.contains("://") ? ofService(value) : ofBytes(value.split(",", -1));
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

    private static MasterKeys ofService(String uri) throws GeneralSecurityException {
        return new MasterKeys(uri, KmsClients.get(uri).getAead(uri));
    }

    private static MasterKeys ofBytes(String[] keys) throws GeneralSecurityException {
        var keyset = KeysetHandle.newBuilder();
        var parameters = AesGcmParameters.builder()
                .setKeySizeBytes(KEY_BYTES)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.TINK)
                .build();
        for (var i = 0; i < keys.length; i++) {
            var bytes = Base64.getDecoder().decode(keys[i].strip());
            var id = id(bytes);
            var key = AesGcmKey.builder()
                    .setParameters(parameters)
                    .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
                    .setIdRequirement(id)
                    .build();
            var entry = KeysetHandle.importKey(key).withFixedId(id);
            keyset.addEntry(i == 0 ? entry.makePrimary() : entry);
        }
        var handle = keyset.build();
        return new MasterKeys(
                HexFormat.of().toHexDigits(handle.getPrimary().getId()),
                handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
    }

    /** The same key has the same id in every process, and the id tells nothing of it. */
    private static int id(byte[] key) throws GeneralSecurityException {
        return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key)).getInt();
    }
}
