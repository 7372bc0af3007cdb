package io.memoryreflector.systemtests.scale;

import io.memoryreflector.schemas.UserKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Users of whom each partition has as many as the others. Immutable. */
final class EvenUsers {

    private final int partitions;
    private final List<List<String>> byPartition;

    private EvenUsers(int partitions, List<List<String>> byPartition) {
        this.partitions = partitions;
        this.byPartition = byPartition;
    }

    /** @param prefix of their names */
    static EvenUsers of(String prefix, int partitions, int inEach) {
        var byPartition = new ArrayList<List<String>>();
        for (int i = 0; i < partitions; i++) {
            byPartition.add(new ArrayList<>());
        }
        var missing = partitions * inEach;
        for (int i = 0; missing > 0; i++) {
            var user = prefix + "-" + i;
            var found = byPartition.get(partition(user, partitions));
            if (found.size() < inEach) {
                found.add(user);
                missing--;
            }
        }
        return new EvenUsers(partitions, byPartition);
    }

    /** The user of an interaction with this number: one partition after the other, each user as often as the others. */
    String user(int number) {
        var users = byPartition.get(number % partitions);
        return users.get(number / partitions % users.size());
    }

    /** The first of those of a partition. */
    String anyOf(int partition) {
        return byPartition.get(partition).get(0);
    }

    /** Where Kafka puts what a user of the default namespace says. */
    static int partition(String user, int partitions) {
        var key = new UserKey("default", user).toString().getBytes(StandardCharsets.UTF_8);
        return BuiltInPartitioner.partitionForKey(key, partitions);
    }
}
