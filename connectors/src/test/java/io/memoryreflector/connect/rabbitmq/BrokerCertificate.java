package io.memoryreflector.connect.rabbitmq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A certificate for the name {@code localhost} alone, which is its own authority, in a folder that {@code mvn clean} removes.
 * The broker takes PEM; whoever trusts it takes a store.
 */
record BrokerCertificate(Path folder) {

    static final String PASSWORD = "secret";

    static BrokerCertificate make() throws Exception {
        var target = Files.createDirectories(Path.of("target").toAbsolutePath());
        var made = new BrokerCertificate(Files.createTempDirectory(target, "certificate-"));
        made.makeKeys();
        made.writeForBoth();
        return made;
    }

    Path certificate() {
        return folder.resolve("certificate.pem");
    }

    Path key() {
        return folder.resolve("key.pem");
    }

    /** Holds the certificate alone. */
    Path trusted() {
        return folder.resolve("keys.p12");
    }

    private void makeKeys() throws Exception {
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        trusted().toString())
                .inheritIO()
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            keytool.destroyForcibly();
            throw new IllegalStateException("keytool makes no certificate");
        }
    }

    private void writeForBoth() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(trusted())) {
            store.load(file, PASSWORD.toCharArray());
        }
        write(
                key(),
                "PRIVATE KEY",
                store.getKey("broker", PASSWORD.toCharArray()).getEncoded());
        write(certificate(), "CERTIFICATE", store.getCertificate("broker").getEncoded());
        // A store with the key is no store of trust: those hold certificates alone.
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("broker", store.getCertificate("broker"));
        try (var file = Files.newOutputStream(trusted())) {
            trusted.store(file, PASSWORD.toCharArray());
        }
    }

    private static void write(Path file, String kind, byte[] bytes) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                        .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes)));
    }
}
