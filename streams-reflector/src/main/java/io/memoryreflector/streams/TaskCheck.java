package io.memoryreflector.streams;

import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.events.Tier;
import io.memoryreflector.schemas.UserKey;
import java.util.Set;

/** Whether a task, which anyone may have written, is one that a lane can work on: pure. */
public final class TaskCheck {

    private TaskCheck() {}

    /** @throws IllegalArgumentException naming the field, what it got and what it takes */
    public static void check(String key, ReflectionTask task, Set<Tier> tiers) {
        if (!tiers.contains(task.getTier())) {
            throw new IllegalArgumentException("tier: got " + task.getTier() + ", takes " + tiers);
        }
        checkKey(key, task.getNamespace(), task.getUserId());
    }

    /** @throws IllegalArgumentException if the record's key is not the one of its value's user */
    public static void checkKey(String key, String namespace, String userId) {
        var expected = new UserKey(namespace, userId).toString();
        if (!expected.equals(key)) {
            throw new IllegalArgumentException("key: got " + (key == null ? "none" : "'" + key + "'")
                    + ", takes namespace/user_id of the value, '" + expected + "': another key is another partition");
        }
    }
}
