package io.memoryreflector.systemtests.faults.agent;

import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does a method's work after its caller was told that it is done. Thread-safe. */
public final class Later {

    private static final String THREAD = "planted-bug";

    private static final ScheduledExecutorService WORKER = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, THREAD);
        thread.setDaemon(true);
        return thread;
    });

    private Later() {}

    /** Whether the call was put off: it is, unless this is the put-off call itself. What it throws is lost. */
    public static boolean run(Object target, String method, long delayMs, Object... arguments) {
        if (Thread.currentThread().getName().equals(THREAD)) {
            return false;
        }
        WORKER.schedule(() -> call(target, method, arguments), delayMs, TimeUnit.MILLISECONDS);
        return true;
    }

    private static Object call(Object target, String method, Object... arguments) throws ReflectiveOperationException {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            var found = Arrays.stream(type.getDeclaredMethods())
                    .filter(each -> each.getName().equals(method) && each.getParameterCount() == arguments.length)
                    .findFirst();
            if (found.isPresent()) {
                found.get().setAccessible(true);
                return found.get().invoke(target, arguments);
            }
        }
        throw new NoSuchMethodException(method);
    }
}
