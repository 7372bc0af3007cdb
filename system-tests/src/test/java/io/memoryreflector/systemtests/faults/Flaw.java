package io.memoryreflector.systemtests.faults;

/** Ways in which what came out can differ from what went in. One of any is one too many. */
enum Flaw {
    NOT_IN_LOG("acknowledged, not in the log"),
    NO_MEMORY("not parked, no memory in its topic"),
    TWO_MEMORIES("the same memory twice in its topic"),
    UNKNOWN_MEMORY("a memory whose id is not the one that its interaction gives"),
    MEMORY_AND_DEAD_LETTER("both a memory and a dead letter"),
    PARKED_AGAINST_PLAN("parked though its reflector would do it, or the other way round"),
    NOT_FINAL("neither completed nor partial nor failed"),
    WRONG_STATE("a state that its memories and dead letters do not give"),
    FAILED_WITHOUT_DEAD_LETTER("a tier failed, no dead letter"),
    NOT_IN_GRAPH("memory in its topic, not in Neo4j"),
    NO_MESSAGE_IN_GRAPH("message not in Neo4j"),
    NOT_ON_BOARD("final, not so in Redis"),
    WRONG_COUNTS("a user whose counts in Redis are wrong"),
    SHOWN_TOO_EARLY("shown as done before it was recallable"),
    OUT_OF_ORDER("behind one that its writer sent later"),
    POISON_NOT_PARKED("poison without a dead letter"),
    POISON_PARKED_TWICE("poison parked twice by the reflector");

    private final String words;

    Flaw(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
