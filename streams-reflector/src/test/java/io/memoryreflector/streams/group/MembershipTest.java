package io.memoryreflector.streams.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.schemas.env.Environment;
import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.streams.ReflectorSettings;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembershipTest {

    @Test
    void shouldKeepNoCopiesAndTakeTheClassicProtocolUnlessToldOtherwise() {
        var config = config(Map.of());
        assertThat(config.getInt("num.standby.replicas")).isZero();
        assertThat(config.getString("group.protocol")).isEqualTo("classic");
        assertThat(config.getClientTags()).isEmpty();
        assertThat(consumer(config)).doesNotContainKeys("client.rack", "group.instance.id");
    }

    @Test
    void shouldKeepCopiesInOtherRacks() {
        var config = config(Map.of("REFLECTOR_STANDBYS", "2", "REFLECTOR_RACK", "zone-b"));
        assertThat(config.getInt("num.standby.replicas")).isEqualTo(2);
        assertThat(config.getList("rack.aware.assignment.tags")).containsExactly("rack");
        assertThat(config.getClientTags()).isEqualTo(Map.of("rack", "zone-b"));
        assertThat(consumer(config)).containsEntry("client.rack", "zone-b");
    }

    @Test
    void shouldNoticeAKillWithinSecondsAndLetANewInstanceCatchUpWithAllStoresAtOnce() {
        var config = config(Map.of("REFLECTOR_INSTANCE_ID", "a"));
        assertThat(consumer(config))
                .containsEntry("session.timeout.ms", 6_000)
                .containsEntry("heartbeat.interval.ms", 1_000)
                .containsEntry("group.instance.id", "a-1");
        assertThat(config.getInt("max.warmup.replicas")).isGreaterThan(1_000);
        assertThat(config.getLong("probing.rebalance.interval.ms")).isEqualTo(60_000);
    }

    @Test
    void shouldLeaveToTheBrokerWhatTheStreamsProtocolLeavesToTheBroker() {
        var config = config(Map.of("REFLECTOR_GROUP_PROTOCOL", "Streams", "REFLECTOR_STANDBYS", "1"));
        assertThat(config.getString("group.protocol")).isEqualTo("streams");
        assertThat(config.originals()).doesNotContainKeys("num.standby.replicas", "consumer.session.timeout.ms");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REFLECTOR_GROUP_PROTOCOL | consumer | REFLECTOR_GROUP_PROTOCOL: got 'consumer', takes classic or streams
            REFLECTOR_STANDBYS       | -1       | REFLECTOR_STANDBYS: got '-1', takes a whole number from 0 to 10
            REFLECTOR_STANDBYS       | one      | REFLECTOR_STANDBYS: got 'one', takes a whole number from 0 to 10
            REFLECTOR_RACK           | a-very-long-name-of-a-rack-000031 | REFLECTOR_RACK: got 'a-very-long-name-of-a-rack-000031', takes a name of at most 30 characters
            """)
    void shouldSayWhatAVariableTakes(String variable, String value, String message) {
        assertThatThrownBy(() -> Membership.from(new Environment(Map.of(variable, value))))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage(message);
    }

    @Test
    void shouldRefuseANameBesideTheStreamsProtocol() {
        var environment =
                new Environment(Map.of("REFLECTOR_GROUP_PROTOCOL", "streams", "REFLECTOR_INSTANCE_ID", "reflector-0"));
        assertThatThrownBy(() -> Membership.from(environment))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage("REFLECTOR_INSTANCE_ID: got 'reflector-0', takes nothing beside"
                        + " REFLECTOR_GROUP_PROTOCOL=streams: names of instances there need Kafka 4.4");
    }

    private static StreamsConfig config(Map<String, String> variables) {
        return new StreamsConfig(
                ReflectorSettings.from(new Environment(variables)).streams());
    }

    private static Map<String, Object> consumer(StreamsConfig config) {
        return config.getMainConsumerConfigs("group", "client", 1);
    }
}
