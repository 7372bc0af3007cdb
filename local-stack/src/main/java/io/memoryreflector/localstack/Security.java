package io.memoryreflector.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What the servers of a secured stack show and ask for: a certificate for {@code 127.0.0.1} alone, which is its own
 * authority, and one user with one password at each of them. Made anew for each stack. Immutable.
 *
 * @param folder of the files, which goes with the stack's data
 * @param password of the servers' user, and of both stores
 */
public record Security(Path folder, String password) {

    /** The servers' user, where they have users. */
    public static final String USER = "reflector";

    /** Neo4j's community edition has but this one at its start. */
    static final String NEO4J_USER = "neo4j";

    static final String MECHANISM = "SCRAM-SHA-512";

    private static final String ALIAS = "server";
    private static final int KEYTOOL_SECONDS = 60;

    /** Makes key, certificate and password. */
    static Security make(Path folder) {
        var random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random); // For servers on loopback that live as long as a test.
        var made = new Security(folder, HexFormat.of().formatHex(random));
        try {
            Files.createDirectories(folder);
            made.makeKeys();
            made.writeCertificates();
        } catch (IOException | GeneralSecurityException e) {
            throw new StackException("no certificate for the servers", e);
        }
        return made;
    }

    /** PKCS 12, of the servers. */
    Path keyStore() {
        return folder.resolve("keys.p12");
    }

    /** PKCS 12, of whoever trusts them: the authority alone. */
    public Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /** PEM. */
    Path certificate() {
        return folder.resolve("public.crt");
    }

    /** PEM, PKCS 8. */
    Path key() {
        return folder.resolve("private.key");
    }

    /** Settings of any Kafka client's login. */
    public String jaas() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(USER, password);
    }

    /** What makes a JVM, any of them, trust the authority. */
    String trustOptions() {
        return "-Djavax.net.ssl.trustStore=" + trustStore() + " -Djavax.net.ssl.trustStorePassword=" + password;
    }

    /** What our own programs, and Connect for our connectors, are told. */
    Map<String, String> programEnvironment(String redis, String neo4j) {
        var environment = new HashMap<String, String>();
        environment.put("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        environment.put("KAFKA_SASL_MECHANISM", MECHANISM);
        environment.put("KAFKA_SASL_JAAS_CONFIG", jaas());
        environment.put("REDIS_URL", "rediss://:" + password + "@" + redis);
        environment.put("NEO4J_URL", "bolt+s://" + neo4j);
        environment.put("NEO4J_USER", NEO4J_USER);
        environment.put("NEO4J_PASSWORD", password);
        environment.put("JAVA_TOOL_OPTIONS", trustOptions());
        return environment;
    }

    /** Of the broker, beside its listeners; it is a client of itself too. */
    String kafkaProperties() {
        return """
                inter.broker.listener.name=SASL_SSL
                sasl.enabled.mechanisms=%1$s
                sasl.mechanism.inter.broker.protocol=%1$s
                listener.name.sasl_ssl.%2$s.sasl.jaas.config=%3$s
                ssl.keystore.type=PKCS12
                ssl.keystore.location=%4$s
                ssl.keystore.password=%5$s
                ssl.truststore.type=PKCS12
                ssl.truststore.location=%6$s
                ssl.truststore.password=%5$s
                """.formatted(MECHANISM, MECHANISM.toLowerCase(Locale.ROOT), jaas(), keyStore(), password, trustStore());
    }

    /** Trusts the authority, and nobody else. */
    public SSLContext trusting() {
        try (var file = Files.newInputStream(trustStore())) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(file, password.toCharArray());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new StackException("no trust in the servers' certificate", e);
        }
    }

    /** Says no secret. */
    @Override
    public String toString() {
        return "certificates in " + folder;
    }

    private void makeKeys() throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=local-stack",
                        "-ext",
                        "SAN=ip:" + Ports.LOOPBACK,
                        "-ext",
                        "bc:c",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-storepass:env",
                        "STORE_PASSWORD",
                        "-keystore",
                        keyStore().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile());
        process.environment().put("STORE_PASSWORD", password);
        var keytool = process.start();
        try {
            if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new StackException(
                        "keytool makes no certificate:\n" + Files.readString(folder.resolve("keytool.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        } finally {
            keytool.destroyForcibly();
        }
    }

    private void writeCertificates() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(keyStore())) {
            store.load(file, password.toCharArray());
        }
        write(key(), "PRIVATE KEY", store.getKey(ALIAS, password.toCharArray()).getEncoded());
        write(certificate(), "CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
        try (var file = Files.newOutputStream(trustStore())) {
            trusted.store(file, password.toCharArray());
        }
    }

    private static void write(Path file, String kind, byte[] bytes) throws IOException {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        Files.writeString(
                file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines.encodeToString(bytes)));
    }
}
