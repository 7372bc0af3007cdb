package io.memoryreflector.streams.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.schemas.env.InvalidSetting;
import io.memoryreflector.streams.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServers.class)
class StreamsGroupIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Test
    void shouldTellTheBrokerHowManyCopiesToKeep() throws Exception {
        try (var admin = Admin.create(SharedServers.kafka())) {
            new StreamsGroup(admin, "copies", TIMEOUT).prepare(streams(2));
            assertThat(copies(admin, "copies")).isEqualTo("2");
        }
    }

    @Test
    void shouldLeaveAClassicGroupAlone() throws Exception {
        try (var admin = Admin.create(SharedServers.kafka())) {
            new StreamsGroup(admin, "classic", TIMEOUT)
                    .prepare(new Membership(Optional.empty(), GroupProtocol.CLASSIC, 2, Optional.empty()));
            assertThat(copies(admin, "classic")).isEqualTo("0");
        }
    }

    @Test
    void shouldSayThatTheBrokerAllowsFewerCopies() {
        try (var admin = Admin.create(SharedServers.kafka())) {
            var group = new StreamsGroup(admin, "many", TIMEOUT);
            assertThatThrownBy(() -> group.prepare(streams(7)))
                    .isInstanceOf(InvalidSetting.class)
                    .hasMessage("REFLECTOR_STANDBYS: got '7', takes at most the brokers'"
                            + " group.streams.max.standby.replicas beside REFLECTOR_GROUP_PROTOCOL=streams");
        }
    }

    private static Membership streams(int standbys) {
        return new Membership(Optional.empty(), GroupProtocol.STREAMS, standbys, Optional.empty());
    }

    private static String copies(Admin admin, String group) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .get(resource)
                .get("streams.num.standby.replicas")
                .value();
    }
}
