package io.memoryreflector.systemtests.faults.agent;

import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;

/** Bugs for ingest-service. The advice is copied into the program's methods and names no class of theirs. */
final class BugsInIngest {

    private BugsInIngest() {}

    static final class Acknowledge {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.This Object log, @Advice.AllArguments Object[] arguments) {
            return Later.run(log, "append", 2_000, arguments);
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Enter boolean postponed, @Advice.Return(readOnly = false) CompletableFuture<Void> returned) {
            if (postponed) {
                returned = CompletableFuture.completedFuture(null);
            }
        }
    }

    static final class AlwaysApplied {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean applied) {
            applied = true;
        }
    }
}
