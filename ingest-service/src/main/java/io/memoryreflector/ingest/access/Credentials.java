package io.memoryreflector.ingest.access;

import io.memoryreflector.ingest.problem.RequestProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Whose credential a request has. A right key always passes. An address that has sent too many wrong ones is told to
 * wait, and its tokens, which cost more to check, are not looked at. Thread-safe.
 */
final class Credentials {

    static final String KEY_HEADER = "X-API-Key";

    /** Token is what mem0's clients say. */
    private static final Pattern SCHEME = Pattern.compile("(?:Bearer|Token) +([^\\s,]+) *", Pattern.CASE_INSENSITIVE);

    private static final int MAX_LENGTH = 8_192;

    private final ApiKeys keys;
    private final Optional<OidcTokens> tokens;
    private final FailedLogins failures;

    Credentials(ApiKeys keys, Optional<OidcTokens> tokens, FailedLogins failures) {
        this.keys = keys;
        this.tokens = tokens;
        this.failures = failures;
    }

    /**
     * The caller; empty where the request says nothing about one.
     *
     * @throws RequestProblem 401 if the credential is not good, 429 after too many such
     */
    Optional<Caller> caller(HttpServletRequest request) {
        var given = given(request);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        var credential = given.get();
        var key = keys.find(credential);
        if (key.isPresent()) {
            return key;
        }
        var address = request.getRemoteAddr();
        failures.check(address);
        if (credential.length() <= MAX_LENGTH && tokens.isPresent()) {
            var caller = tokens.get().find(credential);
            if (caller.isPresent()) {
                return caller;
            }
        }
        failures.failed(address);
        throw refused("The credential is not known, or no longer good.");
    }

    private static Optional<String> given(HttpServletRequest request) {
        var authorization = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION));
        var key = Optional.ofNullable(request.getHeader(KEY_HEADER)).map(String::strip);
        if (authorization.isPresent() && key.isPresent()) {
            throw refused("Takes either Authorization or " + KEY_HEADER + ", not both.");
        }
        if (authorization.isEmpty()) {
            return key;
        }
        var named = SCHEME.matcher(authorization.get());
        if (!named.matches()) {
            throw refused("Authorization: takes 'Bearer ' or 'Token ' and a key.");
        }
        return Optional.of(named.group(1));
    }

    static RequestProblem refused(String detail) {
        return RequestProblem.of(HttpStatus.UNAUTHORIZED, detail);
    }
}
