package io.memoryreflector.ingest.access;

import io.memoryreflector.ingest.problem.RequestProblem;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * Callers by the tokens of one issuer: signed with one of its public keys, for this audience, within their time. Its
 * keys are fetched when the first token comes, from an address that only the settings name. Thread-safe.
 */
final class OidcTokens {

    private static final Logger LOG = LoggerFactory.getLogger(OidcTokens.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final int MAX_SUBJECT = 256;

    private final OidcSettings settings;
    private final JwtDecoder decoder;

    OidcTokens(OidcSettings settings, Clock clock) {
        this.settings = settings;
        this.decoder = new SupplierJwtDecoder(() -> decoder(settings, clock));
    }

    /**
     * Whose token it is; empty if it is not good.
     *
     * @throws RequestProblem 503 while the issuer's keys cannot be had
     */
    Optional<Caller> find(String token) {
        try {
            return caller(decoder.decode(token));
        } catch (BadJwtException refused) {
            LOG.debug("a token was refused: {}", refused.getMessage());
            return Optional.empty();
        } catch (JwtException | JwtDecoderInitializationException away) {
            LOG.warn("the keys of {} cannot be had: {}", settings.issuer(), away.getMessage());
            throw RequestProblem.unavailable("The issuer of tokens does not answer. Try again later.", TIMEOUT);
        }
    }

    /** Only what the token says: one without a namespace or a known role may do nothing. */
    private Optional<Caller> caller(Jwt token) {
        var namespace = token.getClaims().get(settings.namespaceClaim());
        var subject = token.getSubject();
        var roles = roles(token.getClaims().get(settings.rolesClaim()));
        if (!(namespace instanceof String name)
                || roles.isEmpty()
                || subject == null
                || subject.length() > MAX_SUBJECT) {
            return Optional.empty();
        }
        var all = name.equals(Caller.ALL_NAMESPACES);
        if (!all && !Caller.isNamespace(name)) {
            return Optional.empty();
        }
        return Optional.of(
                new Caller("oidc-" + name + "/" + subject, all ? Optional.empty() : Optional.of(name), roles));
    }

    private static Set<Role> roles(Object claim) {
        var names = claim instanceof Collection<?> several
                ? several.stream().map(String::valueOf).toList()
                : claim instanceof String text ? Arrays.asList(text.split(" ", -1)) : List.<String>of();
        var roles = EnumSet.noneOf(Role.class);
        for (var role : Role.values()) {
            if (names.contains(role.name().toLowerCase(Locale.ROOT))) {
                roles.add(role);
            }
        }
        return roles;
    }

    private static JwtDecoder decoder(OidcSettings settings, Clock clock) {
        var requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(TIMEOUT);
        requests.setReadTimeout(TIMEOUT);
        var http = new RestTemplate(requests);
        var builder = settings.jwksUri()
                .map(NimbusJwtDecoder::withJwkSetUri)
                .orElseGet(() -> NimbusJwtDecoder.withIssuerLocation(settings.issuer()));
        var nimbus = builder.restOperations(http)
                .jwsAlgorithms(algorithms -> algorithms.addAll(Arrays.asList(SignatureAlgorithm.values())))
                .build();
        var time = new JwtTimestampValidator(SKEW);
        time.setClock(clock);
        nimbus.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                time,
                new JwtIssuerValidator(settings.issuer()),
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, expiry -> expiry != null),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(settings.audience()))));
        return nimbus;
    }
}
