package io.memoryreflector.streams.group;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.StreamsGroupMemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a killed instance has left open. Whoever takes over its partitions reads committed records only, so its last
 * transaction holds them up until the broker gives it up: {@code transaction.timeout.ms} and up to ten seconds more, though
 * the group knows after the session time-out that the instance is gone. So the survivors abort it, by Kafka's own fencing:
 * an instance that was only slow is told so at its next write, as by the group, and what it had not committed is done again.
 *
 * <p>Thread-safe; the work is done by one thread of its own.
 */
public final class OrphanedTransactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedTransactions.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String PROCESS = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final Admin admin;
    private final String applicationId;
    private final GroupProtocol protocol;
    private final Pattern transactionalId;
    private final Pattern clientId;

    /** One look that waits is enough for all that is asked for meanwhile. */
    private final ThreadPoolExecutor looks = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            look -> {
                var thread = new Thread(look, "orphaned-transactions");
                thread.setDaemon(true);
                return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());

    /** @param kafka settings of a client; must be allowed to describe and write the application's transactional ids */
    public OrphanedTransactions(Map<String, Object> kafka, String applicationId, GroupProtocol protocol) {
        this.admin = Admin.create(kafka);
        this.applicationId = applicationId;
        this.protocol = protocol;
        var own = Pattern.quote(applicationId) + "-(" + PROCESS + ")-";
        this.transactionalId = Pattern.compile(own + "\\d+");
        this.clientId = Pattern.compile(own + ".*");
    }

    /** Looks soon, without waiting; to be called once the group has shared its work out anew. */
    public void look() {
        looks.execute(() -> {
            try {
                abort();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                LOG.warn("open transactions of dead instances end by their own time-out: {}", e.toString());
            }
        });
    }

    /** Aborts what is open of instances that are no members of the group; returns their transactional ids. */
    List<String> abort() throws ExecutionException, InterruptedException, TimeoutException {
        // In this order: whoever opens one after the first question is a member by the second.
        var open = open();
        if (open.isEmpty()) {
            return List.of();
        }
        var members = members();
        // A group that does not know us either cannot tell who is dead.
        if (members.isEmpty()) {
            return List.of();
        }
        var orphaned = open.stream()
                .filter(id -> process(transactionalId, id)
                        .filter(process -> !members.contains(process))
                        .isPresent())
                .toList();
        if (!orphaned.isEmpty()) {
            get(admin.fenceProducers(orphaned).all());
            LOG.info("aborted what dead instances have left open: {}", orphaned);
        }
        return orphaned;
    }

    private List<String> open() throws ExecutionException, InterruptedException, TimeoutException {
        var ongoing = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
        return get(admin.listTransactions(ongoing).all()).stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> process(transactionalId, id).isPresent())
                .toList();
    }

    /** The processes that are in the group. */
    private Set<String> members() throws ExecutionException, InterruptedException, TimeoutException {
        var group = List.of(applicationId);
        Stream<String> clientIds =
                switch (protocol) {
                    case CLASSIC ->
                        get(admin.describeConsumerGroups(group)
                                        .describedGroups()
                                        .get(applicationId))
                                .members()
                                .stream()
                                .map(MemberDescription::clientId);
                    case STREAMS ->
                        get(admin.describeStreamsGroups(group).describedGroups().get(applicationId)).members().stream()
                                .map(StreamsGroupMemberDescription::clientId);
                };
        return clientIds.flatMap(id -> process(clientId, id).stream()).collect(Collectors.toSet());
    }

    private static Optional<String> process(Pattern pattern, String id) {
        var matcher = pattern.matcher(id);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        looks.shutdownNow();
        admin.close(TIMEOUT);
    }
}
