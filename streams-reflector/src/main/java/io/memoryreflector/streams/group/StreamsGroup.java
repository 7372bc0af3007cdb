package io.memoryreflector.streams.group;

import io.memoryreflector.schemas.env.InvalidSetting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;

/** The application as a group that the broker looks after. Not thread-safe. */
public final class StreamsGroup {

    private static final String FEATURE = "streams.version";
    private static final String STANDBYS = "streams.num.standby.replicas";

    private final Admin admin;
    private final String applicationId;
    private final Duration timeout;

    /** @param timeout of each question to Kafka */
    public StreamsGroup(Admin admin, String applicationId, Duration timeout) {
        this.admin = admin;
        this.applicationId = applicationId;
        this.timeout = timeout;
    }

    /**
     * Before the start: checks that the brokers have the protocol, and tells them how many copies of the state to keep,
     * which no member can. Does nothing for the classic protocol.
     *
     * @throws InvalidSetting where the brokers do not have it, or do not allow so many copies
     */
    public void prepare(Membership membership) throws InterruptedException {
        if (membership.protocol() != GroupProtocol.STREAMS) {
            return;
        }
        if (!brokersHaveIt()) {
            throw new InvalidSetting(
                    "REFLECTOR_GROUP_PROTOCOL",
                    "streams",
                    "classic, since these brokers do not have " + FEATURE
                            + " 1; from Kafka 4.2 on 'kafka-features.sh upgrade --feature streams.version=1' enables it");
        }
        keepCopies(membership.standbys());
    }

    private boolean brokersHaveIt() throws InterruptedException {
        try {
            var version = get(admin.describeFeatures().featureMetadata())
                    .finalizedFeatures()
                    .get(FEATURE);
            return version != null && version.maxVersionLevel() >= 1;
        } catch (ExecutionException e) {
            throw new KafkaException("the brokers' features cannot be read", e.getCause());
        }
    }

    private void keepCopies(int copies) throws InterruptedException {
        var group = new ConfigResource(ConfigResource.Type.GROUP, applicationId);
        var entry = new ConfigEntry(STANDBYS, Integer.toString(copies));
        try {
            get(admin.incrementalAlterConfigs(
                            Map.of(group, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                    .all());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidConfigurationException) {
                throw new InvalidSetting(
                        "REFLECTOR_STANDBYS",
                        Integer.toString(copies),
                        "at most the brokers' group.streams.max.standby.replicas beside REFLECTOR_GROUP_PROTOCOL=streams");
            }
            throw new KafkaException(STANDBYS + " of group " + applicationId + " cannot be set", e.getCause());
        }
    }

    private <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "Kafka does not answer within " + timeout.toSeconds() + " s", e);
        }
    }
}
