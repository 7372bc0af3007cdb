package io.memoryreflector.store.longterm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Statements, each in a file of its own. */
final class Cypher {

    static final String USERS = read("users.cypher");
    static final String INTERACTIONS = read("interactions.cypher");
    static final String EPISODES = read("episodes.cypher");
    static final String FACTS = read("facts.cypher");
    static final String PROCEDURES = read("procedures.cypher");
    static final String CLOSE_FACTS = read("close_facts.cypher");
    static final String SUPERSEDE = read("supersede.cypher");
    static final String END = read("end.cypher");
    static final String MISSING = read("missing.cypher");
    static final String POSITION = read("position.cypher");
    static final String LOCK_USER = read("lock_user.cypher");
    static final String SINCE = read("since.cypher");
    static final String PAGE = read("page.cypher");
    static final String MEMORY = read("memory.cypher");

    private Cypher() {}

    static String read(String name) {
        try (var resource = Cypher.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
