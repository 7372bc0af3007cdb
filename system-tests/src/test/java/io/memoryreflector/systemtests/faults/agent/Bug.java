package io.memoryreflector.systemtests.faults.agent;

/** Bugs that have been made in systems like this one. Each is planted alone, and the verdict has to find it. */
public enum Bug {
    /** The entrance says "in" before Kafka does. */
    ACKNOWLEDGE_BEFORE_PRODUCE("INGEST", "ingest.log.InteractionLog", "append", BugsInIngest.Acknowledge.class),
    /** A final state is shown though the long term has not got the memories yet. */
    STATUS_BEFORE_MEMORY("INGEST", "store.status.StatusBoard", "isApplied", BugsInIngest.AlwaysApplied.class),
    /** A lane takes a task off its topic and forgets it. */
    DROP_A_TIER("REFLECTOR", "streams.reflect.ReflectProcessor", "process", BugsInReflector.DropATier.class),
    /** What was in flight is not taken up again after a restart. */
    FORGET_PENDING("REFLECTOR", "streams.reflect.PendingStore", "tell", BugsInReflector.ForgetPending.class),
    /** A memory's id is made up anew each time. */
    RANDOM_ID("REFLECTOR", "schemas.Ids", "memory", BugsInReflector.RandomId.class),
    /** A task that waits for its retry is not kept. */
    LOSE_A_RETRY("REFLECTOR", "streams.retry.DelayProcessor", "process", BugsInReflector.LoseARetry.class),
    /** A call that comes back after its task was settled is taken for an answer. */
    LATE_COMPLETION("REFLECTOR", "streams.reflect.ReflectProcessor", "settle", BugsInReflector.LateCompletion.class),
    /** The intake does not look whether it has seen the id. */
    DEDUP_OFF("REFLECTOR", "streams.intake.IntakeProcessor", "process", BugsInReflector.DedupOff.class),
    /** Results and offsets are not written in one transaction. */
    NO_TRANSACTIONS("REFLECTOR", "streams.ReflectorSettings", "streams", BugsInReflector.NoTransactions.class),
    /** A task is given up and its dead letter is not written. */
    NO_DEAD_LETTER("REFLECTOR", "streams.reflect.LaneOutput", "forward", BugsInReflector.NoDeadLetter.class),
    /** A sink's records count as done before the store has them. */
    COMMIT_BEFORE_STORE("CONNECT", "connect.sink.StoreSinkTask", "put", BugsInConnect.CommitBeforeStore.class),
    /** A sink passes over some of its records. */
    SKIP_RECORDS("CONNECT", "connect.sink.BatchWriter", "write", BugsInConnect.SkipRecords.class),
    /** What Redis refuses counts as written. */
    SWALLOW_REFUSAL("CONNECT", "store.RedisScript", "runForEach", BugsInConnect.SwallowRefusal.class);

    private final String program;
    private final String type;
    private final String method;
    private final Class<?> advice;

    Bug(String program, String type, String method, Class<?> advice) {
        this.program = program;
        this.type = "io.memoryreflector." + type;
        this.method = method;
        this.advice = advice;
    }

    /** Name of the part that has to be started again to catch it; the programs know no {@code Part}. */
    public String program() {
        return program;
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }

    Class<?> advice() {
        return advice;
    }
}
