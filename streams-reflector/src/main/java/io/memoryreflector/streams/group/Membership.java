package io.memoryreflector.streams.group;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How this instance stands among the others of its application.
 *
 * @param instanceId {@code REFLECTOR_INSTANCE_ID}: a name of this instance that it keeps over restarts, unique among the
 *     instances; with it a restart takes its partitions back at once instead of after the session time-out
 * @param protocol {@code REFLECTOR_GROUP_PROTOCOL}: never guessed, since a group cannot change it while it has members
 * @param standbys {@code REFLECTOR_STANDBYS}: copies of every store on other instances, each kept up to date
 * @param rack {@code REFLECTOR_RACK}: where this instance runs, so that a copy is kept elsewhere
 */
public record Membership(Optional<String> instanceId, GroupProtocol protocol, int standbys, Optional<String> rack) {

    private static final String INSTANCE_ID = "REFLECTOR_INSTANCE_ID";
    private static final String PROTOCOL = "REFLECTOR_GROUP_PROTOCOL";
    private static final String STANDBYS = "REFLECTOR_STANDBYS";
    private static final String RACK = "REFLECTOR_RACK";

    private static final String RACK_TAG = "rack";
    private static final int MOST_STANDBYS = 10;

    /** The session time-out is how long a killed instance's partitions stand still. */
    private static final int SESSION_TIMEOUT_MS = 6_000;

    /** The others hear of it with their next heartbeat. */
    private static final int HEARTBEAT_MS = 1_000;

    /** Kafka's two at a time and a look every ten minutes keep a new instance idle for hours; the tasks are the bound. */
    private static final int WARM_UPS = 10_000;

    /** The least that Kafka takes. */
    private static final int WARM_UP_LOOK_MS = 60_000;

    /** Reads and checks the settings. */
    public static Membership from(Environment environment) {
        var membership = new Membership(
                Optional.ofNullable(environment.text(INSTANCE_ID, null)),
                protocol(environment),
                environment.integer(STANDBYS, 0, 0, MOST_STANDBYS),
                rack(environment));
        if (membership.protocol == GroupProtocol.STREAMS && membership.instanceId.isPresent()) {
            throw new InvalidSetting(
                    INSTANCE_ID,
                    membership.instanceId.get(),
                    "nothing beside " + PROTOCOL + "=streams: names of instances there need Kafka 4.4");
        }
        return membership;
    }

    private static GroupProtocol protocol(Environment environment) {
        var text = environment.text(PROTOCOL, GroupProtocol.CLASSIC.setting());
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "classic" -> GroupProtocol.CLASSIC;
            case "streams" -> GroupProtocol.STREAMS;
            default -> throw new InvalidSetting(PROTOCOL, text, "classic or streams");
        };
    }

    private static Optional<String> rack(Environment environment) {
        var rack = Optional.ofNullable(environment.text(RACK, null));
        rack.filter(name -> name.length() > StreamsConfig.MAX_RACK_AWARE_ASSIGNMENT_TAG_VALUE_LENGTH)
                .ifPresent(name -> {
                    throw new InvalidSetting(
                            RACK,
                            name,
                            "a name of at most " + StreamsConfig.MAX_RACK_AWARE_ASSIGNMENT_TAG_VALUE_LENGTH
                                    + " characters");
                });
        return rack;
    }

    /** The same on any broker. */
    public Membership classic() {
        return new Membership(instanceId, GroupProtocol.CLASSIC, standbys, rack);
    }

    /** What Kafka Streams is told; with the streams protocol the group's own settings rule the rest. */
    public Map<String, Object> streams() {
        var settings = new HashMap<String, Object>();
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, protocol.setting());
        rack.ifPresent(name -> {
            settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.CLIENT_RACK_CONFIG), name);
            settings.put(StreamsConfig.clientTagPrefix(RACK_TAG), name);
        });
        if (protocol == GroupProtocol.STREAMS) {
            return settings;
        }
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
        settings.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, WARM_UPS);
        settings.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, WARM_UP_LOOK_MS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MS);
        rack.ifPresent(name -> settings.put(StreamsConfig.RACK_AWARE_ASSIGNMENT_TAGS_CONFIG, RACK_TAG));
        instanceId.ifPresent(
                id -> settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
        return settings;
    }
}
