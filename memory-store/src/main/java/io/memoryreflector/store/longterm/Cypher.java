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
    static final String SESSIONS = read("sessions.cypher");
    static final String CLOSE_FACTS = read("close_facts.cypher");
    static final String SUPERSEDE = read("supersede.cypher");
    static final String END = read("end.cypher");
    static final String MISSING = read("missing.cypher");
    static final String POSITION = read("position.cypher");
    static final String LOCK_USER = read("lock_user.cypher");
    static final String SINCE = read("since.cypher");
    static final String KEEP_ERASURES = read("keep_erasures.cypher");
    static final String ERASURES = read("erasures.cypher");
    static final String VERSIONS = read("versions.cypher");
    static final String ERASE_CANDIDATES = read("erase_candidates.cypher");
    static final String ERASE_CANDIDATE = read("erase_candidate.cypher");
    static final String ERASE_CANDIDATE_INTERACTIONS = read("erase_candidate_interactions.cypher");
    static final String ERASE_CANDIDATE_SESSIONS = read("erase_candidate_sessions.cypher");
    static final String ERASE_SESSIONS = read("erase_sessions.cypher");
    static final String ERASE_PLAN = read("erase_plan.cypher");
    static final String ERASE_NAMED = read("erase_named.cypher");
    static final String ERASE_MEMORIES = read("erase_memories.cypher");
    static final String ERASE_BARE = read("erase_bare.cypher");
    static final String ERASE_ENTITIES = read("erase_entities.cypher");
    static final String ERASE_INTERACTIONS = read("erase_interactions.cypher");
    static final String ERASE_NEWER = read("erase_newer.cypher");
    static final String ERASE_SOME_MEMORIES = read("erase_some_memories.cypher");
    static final String ERASE_SOME_INTERACTIONS = read("erase_some_interactions.cypher");
    static final String KEEP_AMENDMENTS = read("keep_amendments.cypher");
    static final String AMENDED = read("amended.cypher");
    static final String AMEND = read("amend.cypher");
    static final String UNSUPERSEDE = read("unsupersede.cypher");
    static final String ERASE_CANDIDATE_AMENDMENTS = read("erase_candidate_amendments.cypher");
    static final String ERASE_AMENDMENTS = read("erase_amendments.cypher");
    static final String HISTORY = read("history.cypher");
    static final String AMENDMENTS_PAGE = read("amendments_page.cypher");
    static final String CURRENT = read("current.cypher");
    static final String DELETED = read("deleted.cypher");
    static final String INTERACTIONS_PAGE = read("interactions_page.cypher");
    static final String SESSIONS_PAGE = read("sessions_page.cypher");
    static final String NAMESPACE_COUNTS = read("namespace_counts.cypher");
    static final String NAMESPACE_MEMORIES = read("namespace_memories.cypher");
    static final String NAMESPACE_INTERACTIONS = read("namespace_interactions.cypher");
    static final String GRAPH_ENTITIES = read("graph_entities.cypher");
    static final String GRAPH_RELATIONS = read("graph_relations.cypher");
    static final String TIMELINE = read("timeline.cypher");
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
