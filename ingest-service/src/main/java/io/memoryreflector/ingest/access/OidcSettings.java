package io.memoryreflector.ingest.access;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.net.URI;
import java.util.Optional;

/**
 * An issuer whose tokens are believed.
 *
 * @param issuer exactly as its tokens name it
 * @param audience that tokens must be made for
 * @param jwksUri where its public keys are; found by the issuer's own document if empty
 * @param namespaceClaim claim with the caller's namespace
 * @param rolesClaim claim with the caller's roles: an array, or a text with spaces
 */
record OidcSettings(
        String issuer, String audience, Optional<String> jwksUri, String namespaceClaim, String rolesClaim) {

    /** Empty where no issuer is named. */
    static Optional<OidcSettings> from(Environment environment) {
        var issuer = environment.text("REFLECTOR_OIDC_ISSUER", "");
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        url("REFLECTOR_OIDC_ISSUER", issuer);
        var audience = environment.text("REFLECTOR_OIDC_AUDIENCE", "");
        if (audience.isEmpty()) {
            throw new InvalidSetting(
                    "REFLECTOR_OIDC_AUDIENCE", "", "the audience that the issuer's tokens for this service have");
        }
        var jwks = environment.text("REFLECTOR_OIDC_JWKS_URI", "");
        return Optional.of(new OidcSettings(
                issuer,
                audience,
                jwks.isEmpty() ? Optional.empty() : Optional.of(url("REFLECTOR_OIDC_JWKS_URI", jwks)),
                environment.text("REFLECTOR_OIDC_NAMESPACE_CLAIM", "namespace"),
                environment.text("REFLECTOR_OIDC_ROLES_CLAIM", "roles")));
    }

    private static String url(String name, String value) {
        try {
            var uri = URI.create(value);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // Reported below with what it takes.
        }
        throw new InvalidSetting(name, value, "an address such as https://login.example.com/realms/chat");
    }
}
