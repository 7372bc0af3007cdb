package io.memoryreflector.ingest.access;

/** What a credential was given for; {@link AccessPolicy} says what each may do. */
public enum Role {
    /** Hands interactions over. */
    WRITE,
    /** Recalls and reads. */
    READ,
    /** Everything within its namespace. */
    ADMIN
}
