package io.memoryreflector.streams;

import io.memoryreflector.events.Tier;
import java.util.Locale;

/**
 * Names of the topology's nodes and stores. State and changelog topics are found by them: a name that changes is state
 * that is lost.
 */
final class Names {

    static final String SESSION_ENDS = "session-ends";
    static final String SESSIONS = "sessions";
    static final String SESSIONS_STORE = "followed-sessions";
    static final String SUMMARIES = "session-summaries";
    static final String SESSION_OUTCOMES = "session-outcomes";

    static final String INBOX = "inbox";
    static final String ADMIT = "admit";
    static final String ADMITTED = "admitted";

    static final String INTERACTIONS = "interactions";
    static final String INTAKE = "intake";
    static final String SEEN_STORE = "seen-interactions";
    static final String CONTEXT_STORE = "session-context";
    static final String INTAKE_OUTCOMES = "intake-outcomes";
    static final String INTAKE_DEAD_LETTERS = "intake-dead-letters";

    static final String KNOWN_FACTS_STORE = "known-facts";
    static final String FACT_CHANGES_STORE = "fact-changes";
    static final String AMENDMENTS = "amendments";
    static final String AMEND = "amend-known-facts";

    static final String RETRY = "retry";
    static final String DELAY = "delay";
    static final String DELAY_STORE = "delayed-tasks";
    static final String DELAY_DEAD_LETTERS = "delay-dead-letters";

    static final String OUTCOMES = "outcomes";
    static final String STATUS = "status";
    static final String STATUS_STORE = "reflection-status";
    static final String REFLECTIONS = "reflections";

    private static final String PENDING = "pending-";

    private Names() {}

    /** Sink of the intake that leads to a lane. */
    static String queued(Tier tier) {
        return "queued-" + lower(tier);
    }

    /** Source of a lane. */
    static String tasks(Tier tier) {
        return "tasks-" + lower(tier);
    }

    static String reflect(Tier tier) {
        return "reflect-" + lower(tier);
    }

    static String pendingStore(Tier tier) {
        return PENDING + lower(tier);
    }

    static boolean isPendingStore(String store) {
        return store.startsWith(PENDING);
    }

    static String memories(Tier tier) {
        return "memories-" + lower(tier);
    }

    /** Source of a tier's memories, for whoever follows sessions. */
    static String learnt(Tier tier) {
        return "learnt-" + lower(tier);
    }

    static String failed(Tier tier) {
        return "failed-" + lower(tier);
    }

    static String deadLetters(Tier tier) {
        return "dead-letters-" + lower(tier);
    }

    static String outcomes(Tier tier) {
        return "outcomes-" + lower(tier);
    }

    /** Sink of the retry lane that leads back to a lane. */
    static String due(Tier tier) {
        return "due-" + lower(tier);
    }

    private static String lower(Tier tier) {
        return tier.name().toLowerCase(Locale.ROOT);
    }
}
