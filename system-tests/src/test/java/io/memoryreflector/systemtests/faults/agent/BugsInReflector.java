package io.memoryreflector.systemtests.faults.agent;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.streams.Raw;
import io.memoryreflector.streams.store.StoreKey;
import java.util.Properties;
import java.util.UUID;
import net.bytebuddy.asm.Advice;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Bugs for streams-reflector. The advice is copied into the program's methods. */
final class BugsInReflector {

    private BugsInReflector() {}

    /** True, and so the method is not run, for some tasks of one tier. */
    static final class DropATier {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(0) Record<String, Raw<ReflectionTask>> record) {
            return record.value() != null
                    && record.value().value().getTier() == Tier.SEMANTIC
                    && Chance.of("drop", record.value().value().getInteractionId()) < 0.05;
        }
    }

    static final class ForgetPending {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }

    static final class RandomId {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) String id) {
            id = UUID.randomUUID().toString();
        }
    }

    static final class LoseARetry {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(0) Record<String, Raw<ReflectionTask>> record) {
            return record.value() != null
                    && Chance.of("lose", record.value().value().getInteractionId()) < 0.1;
        }
    }

    static final class LateCompletion {
        @Advice.OnMethodEnter
        static Object enter(@Advice.This Object stage, @Advice.Argument(0) Object completion) {
            return AnsweredTwice.taskOf(stage, completion);
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object stage,
                @Advice.Enter Object origin,
                @Advice.Argument(0) Object completion,
                @Advice.Argument(1) long now) {
            AnsweredTwice.answer(stage, origin, completion, now);
        }
    }

    static final class DedupOff {
        @Advice.OnMethodEnter
        static void enter(
                @Advice.FieldValue("seen") KeyValueStore<Bytes, Long> seen,
                @Advice.Argument(0) Record<String, Raw<Interaction>> record) {
            if (record.value() != null) {
                seen.delete(StoreKey.of(record.key(), record.value().value().getInteractionId()));
            }
        }
    }

    static final class NoTransactions {
        @Advice.OnMethodExit
        static void exit(@Advice.Return Properties properties) {
            properties.put("processing.guarantee", "at_least_once");
            properties.put("commit.interval.ms", 5_000);
        }
    }

    static final class NoDeadLetter {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(1) SpecificRecord value) {
            return value instanceof DeadLetter;
        }
    }
}
