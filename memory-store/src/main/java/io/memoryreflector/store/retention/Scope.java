package io.memoryreflector.store.retention;

/**
 * The users between two keys, both left out.
 *
 * @param after key of a user, or a text before all keys
 * @param until a text behind the last key
 */
public record Scope(String after, String until) {

    /** A namespace is of lower-case letters, digits, dot, underscore and hyphen; this sorts behind all of them. */
    private static final String BEHIND_ALL = "{";

    /** All users. */
    public static Scope all() {
        return new Scope("", BEHIND_ALL);
    }

    /** The users of one namespace: a key is the namespace, a slash and the user; behind the slash comes the zero. */
    public static Scope of(String namespace) {
        return new Scope(namespace + "/", namespace + "0");
    }

    /** What is left of it behind a user. */
    public Scope from(String user) {
        return new Scope(user, until);
    }
}
