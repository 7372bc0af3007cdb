package io.memoryreflector.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.memoryreflector.ingest.problem.RequestProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens of an issuer that answers over HTTP. */
class OidcTokensTest {

    private static final Instant NOW = Instant.parse("2026-05-02T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String AUDIENCE = "memory-reflector";

    private static RSAKey rsa;
    private static ECKey ec;
    private static HttpServer issuer;
    private static String issuerUrl;
    private static OidcTokens tokens;

    @BeforeAll
    static void start() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuerUrl = "http://127.0.0.1:" + issuer.getAddress().getPort();
        issuer.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(
                        exchange,
                        "{\"issuer\":\"" + issuerUrl + "\",\"jwks_uri\":\"" + issuerUrl
                                + "/keys\",\"subject_types_supported\":[\"public\"]}"));
        issuer.createContext("/keys", exchange -> answer(exchange, new JWKSet(List.of(rsa, ec)).toString(true)));
        issuer.start();
        tokens = tokens(Optional.of(issuerUrl + "/keys"));
    }

    @AfterAll
    static void stop() {
        if (issuer != null) {
            issuer.stop(0);
        }
    }

    @Test
    void shouldTakeACallerFromAToken() throws Exception {
        var caller = tokens.find(signed(claims -> claims)).orElseThrow();

        assertThat(caller.namespace()).contains("team-a");
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.READ, Role.WRITE);
        assertThat(caller.id()).isEqualTo("oidc-team-a/ada");
    }

    @Test
    void shouldFindTheKeysByTheIssuersOwnDocument() throws Exception {
        assertThat(tokens(Optional.empty()).find(signed(claims -> claims))).isPresent();
    }

    @Test
    void shouldTakeAnotherAlgorithmOfPublicKeysAndRolesAsAText() throws Exception {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(),
                claims().claim("namespace", "*").claim("roles", "admin other").build());
        token.sign(new ECDSASigner(ec));

        assertThat(tokens.find(token.serialize()).orElseThrow().isOperator()).isTrue();
    }

    @Test
    void shouldRefuseWhatIsNotForThisServiceOrNotNow() throws Exception {
        refused(signed(claims -> claims.issuer("http://127.0.0.1:1/other")));
        refused(signed(claims -> claims.issuer(null)));
        refused(signed(claims -> claims.audience("another-service")));
        refused(signed(claims -> claims.audience((String) null)));
        refused(signed(claims -> claims.expirationTime(Date.from(NOW.minusSeconds(60)))));
        refused(signed(claims -> claims.expirationTime(null)));
        refused(signed(claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(60)))));
    }

    @Test
    void shouldRefuseWhatTheIssuerHasNotSigned() throws Exception {
        refused(new PlainJWT(claims().build()).serialize());
        var strange = new RSAKeyGenerator(2048).keyID("rsa").generate();
        refused(signed(new RSASSASigner(strange), JWSAlgorithm.RS256, "rsa"));
        refused(signed(new RSASSASigner(strange), JWSAlgorithm.RS256, "unknown"));
        // The public key, which everybody has, as the secret of a symmetric signature.
        refused(signed(
                new MACSigner(rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)),
                JWSAlgorithm.HS256,
                "rsa"));
        var good = signed(claims -> claims);
        refused(good.substring(0, good.lastIndexOf('.') + 1));
        refused(good.substring(0, good.length() - 8) + "AAAAAAAA");
        refused("no.token.atall");
        refused("");
    }

    @Test
    void shouldLetATokenDoNoMoreThanItSays() throws Exception {
        refused(signed(claims -> claims.claim("namespace", null)));
        refused(signed(claims -> claims.claim("namespace", "Team A")));
        refused(signed(claims -> claims.claim("namespace", List.of("a", "b"))));
        refused(signed(claims -> claims.claim("roles", null)));
        refused(signed(claims -> claims.claim("roles", List.of("owner"))));
        refused(signed(claims -> claims.subject(null)));
    }

    @Test
    void shouldSayThatTheIssuerIsAwayRatherThanThatTheTokenIsBad() throws Exception {
        var token = signed(claims -> claims);
        for (var keys : List.of(Optional.of("http://127.0.0.1:1/keys"), Optional.<String>empty())) {
            var away = new OidcTokens(
                    new OidcSettings(
                            keys.isPresent() ? issuerUrl : "http://127.0.0.1:1", AUDIENCE, keys, "namespace", "roles"),
                    CLOCK);
            assertThatThrownBy(() -> away.find(token))
                    .isInstanceOfSatisfying(
                            RequestProblem.class,
                            problem -> assertThat(problem.status().value()).isEqualTo(503));
        }
    }

    private static void refused(String token) {
        assertThat(tokens.find(token)).isEmpty();
    }

    private static OidcTokens tokens(Optional<String> keys) {
        return new OidcTokens(new OidcSettings(issuerUrl, AUDIENCE, keys, "namespace", "roles"), CLOCK);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuerUrl)
                .audience(AUDIENCE)
                .subject("ada")
                .expirationTime(Date.from(NOW.plusSeconds(300)))
                .claim("namespace", "team-a")
                .claim("roles", List.of("read", "write"));
    }

    private static String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(),
                change.apply(claims()).build());
        token.sign(new RSASSASigner(rsa));
        return token.serialize();
    }

    private static String signed(JWSSigner signer, JWSAlgorithm algorithm, String key) throws JOSEException {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims().build());
        token.sign(signer);
        return token.serialize();
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
