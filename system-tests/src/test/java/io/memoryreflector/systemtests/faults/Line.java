package io.memoryreflector.systemtests.faults;

import io.memoryreflector.schemas.UserKey;
import java.util.BitSet;

/**
 * What one writer sends: interactions numbered from 0, each of which has its id and its user by its number alone.
 * Thread-safe.
 */
final class Line {

    /** Sent again on purpose: one of so many. */
    private static final int TWICE_EVERY = 20;

    private final String run;
    private final int index;
    private final int users;
    private final int unit;
    private final int count;
    private final boolean crowd;
    private final BitSet acknowledged = new BitSet();

    /**
     * @param run name of the run, without a dash
     * @param users over which the interactions go round, or 0 for the one user that all crowd writers share
     * @param unit interactions that are under way at once, among which the writer asks for no order
     */
    Line(String run, int index, int count, int users, int unit) {
        this.run = run;
        this.index = index;
        this.count = count;
        this.crowd = users == 0;
        this.users = Math.max(1, users);
        this.unit = unit;
    }

    int index() {
        return index;
    }

    int count() {
        return count;
    }

    int unit() {
        return unit;
    }

    int users() {
        return users;
    }

    String id(int number) {
        return run + "-" + index + "-" + number;
    }

    /** Which of the line's users; consecutive units belong to consecutive users. */
    int userIndex(int number) {
        return number / unit % users;
    }

    UserKey user(int number) {
        return new UserKey(
                UserKey.DEFAULT_NAMESPACE, crowd ? run + "-crowd" : run + "-u" + index + "." + userIndex(number));
    }

    boolean isSentTwice(int number) {
        return number % TWICE_EVERY == 7;
    }

    synchronized boolean acknowledge(int number) {
        var first = !acknowledged.get(number);
        acknowledged.set(number);
        return first;
    }

    /** The numbers that an entrance has said to be in. */
    synchronized BitSet acknowledged() {
        return (BitSet) acknowledged.clone();
    }
}
