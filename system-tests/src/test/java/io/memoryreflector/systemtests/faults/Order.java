package io.memoryreflector.systemtests.faults;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Whether what one writer sent one after the other for one user is found in that order. One thread. */
final class Order {

    private final Map<Line, int[]> lastUnits = new HashMap<>();

    /** Whether none that the writer sent later for the same user was seen before. */
    boolean isKept(Line line, int number) {
        var last = lastUnits.computeIfAbsent(line, each -> {
            var none = new int[each.users()];
            Arrays.fill(none, -1);
            return none;
        });
        var unit = number / line.unit();
        var user = line.userIndex(number);
        if (unit < last[user]) {
            return false;
        }
        last[user] = unit;
        return true;
    }
}
