package io.memoryreflector.systemtests.faults.agent;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.reflection.Reflection;
import io.memoryreflector.state.PendingTask;
import java.lang.reflect.AccessibleObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Completes tasks a second time after they were settled; reaches into the stage by reflection, as only a test may. */
public final class AnsweredTwice {

    private AnsweredTwice() {}

    /** The batch's first task, while the stage still has it. */
    public static Object taskOf(Object stage, Object completion) {
        try {
            var keys = (List<?>) call(get(completion, "batch"), "keys");
            return call(get(stage, "pending"), "get", keys.get(0));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Completes the task once more, if it was completed and chance wants it. */
    public static void answer(Object stage, Object origin, Object completion, long now) {
        try {
            var task = (ReflectionTask) call(stage, "decode", origin);
            if (get(completion, "reflection") instanceof Reflection.Reflected<?> reflected
                    && Chance.of("late", task.getInteractionId()) < 0.1) {
                call(
                        get(stage, "output"),
                        "completed",
                        (PendingTask) origin,
                        task,
                        reflected.memories().get(0),
                        call(completion, "attempt", 0),
                        Instant.ofEpochMilli(now));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object get(Object object, String field) throws ReflectiveOperationException {
        return opened(object.getClass().getDeclaredField(field)).get(object);
    }

    private static Object call(Object object, String method, Object... arguments) throws ReflectiveOperationException {
        var found = Arrays.stream(object.getClass().getDeclaredMethods())
                .filter(each -> each.getName().equals(method) && each.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(method));
        return opened(found).invoke(object, arguments);
    }

    private static <T extends AccessibleObject> T opened(T member) {
        member.setAccessible(true);
        return member;
    }
}
