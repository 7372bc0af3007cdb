package io.memoryreflector.systemtests.faults.agent;

import java.util.Collection;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Bugs for the sinks. The advice is copied into the program's methods and names no class of theirs. */
final class BugsInConnect {

    private BugsInConnect() {}

    static final class CommitBeforeStore {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.This Object task, @Advice.Argument(0) Collection<?> records) {
            return !records.isEmpty() && Later.run(task, "put", 4_000, records);
        }
    }

    static final class SkipRecords {
        @Advice.OnMethodEnter
        static void enter(
                @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC) List<?> events) {
            events = Skipped.from(events);
        }
    }

    static final class SwallowRefusal {
        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Thrown(readOnly = false) Throwable thrown) {
            thrown = null;
        }
    }
}
