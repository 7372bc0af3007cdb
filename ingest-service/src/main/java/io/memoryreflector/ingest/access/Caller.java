package io.memoryreflector.ingest.access;

import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.UserKey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;

/**
 * Who asks, as far as it matters: never the credential itself. Immutable.
 *
 * @param id tells callers apart in limits and logs
 * @param namespace the only one that this caller sees; empty sees all
 * @param roles what it may do
 */
public record Caller(String id, Optional<String> namespace, Set<Role> roles) {

    /** In the place of a namespace: all of them. */
    static final String ALL_NAMESPACES = "*";

    /** Whoever asks a service that has no keys: everything is open. */
    static final Caller ANYONE = new Caller("anyone", Optional.empty(), EnumSet.allOf(Role.class));

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether the text can be a namespace's name. */
    static boolean isNamespace(String text) {
        try {
            return new UserKey(text, "u").namespace().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the role is its own; an admin has all. */
    public boolean has(Role role) {
        return roles.contains(role) || roles.contains(Role.ADMIN);
    }

    /** Whether it runs the whole service: an admin of all namespaces. */
    boolean isOperator() {
        return namespace.isEmpty() && has(Role.ADMIN);
    }

    /** Whether it may know of this namespace; of what has no known namespace, only those who see all may. */
    public boolean sees(String otherNamespace) {
        return namespace.isEmpty() || namespace.get().equals(otherNamespace);
    }

    /**
     * Where a request is to work.
     *
     * @param named by the request; null where it names none
     * @throws RequestProblem 404 if the caller may not know of it
     */
    public String namespace(String named) {
        return scope(Optional.ofNullable(named)).orElse(UserKey.DEFAULT_NAMESPACE);
    }

    /**
     * What a filter is narrowed to; empty is all namespaces.
     *
     * @param named by the request
     * @throws RequestProblem 404 if the caller may not know of it
     */
    public Optional<String> scope(Optional<String> named) {
        if (named.isPresent() && !sees(named.get())) {
            throw RequestProblem.of(HttpStatus.NOT_FOUND, "namespace: names none that is known");
        }
        return named.or(() -> namespace);
    }
}
