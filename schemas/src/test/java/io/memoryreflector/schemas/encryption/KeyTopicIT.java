package io.memoryreflector.schemas.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memoryreflector.events.WrappedKey;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.serde.EventSerdes;
import io.memoryreflector.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The users' keys on a real Kafka, as two programs see them. */
class KeyTopicIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String SERVICE = KeyService.SCHEME + "region/key";

    private static LocalStack stack;
    private static Map<String, Object> kafka;

    private final UserKey user = new UserKey("default", UUID.randomUUID().toString());

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(Set.of(Part.KAFKA, Part.REGISTRY));
        kafka = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, stack.kafkaBootstrapServers());
        try (var admin = Admin.create(kafka)) {
            new TopicCatalogue(admin, 2, TIMEOUT).ensure();
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldBeReadByTheOtherProgram() {
        try (var writer = keys(1);
                var reader = keys(1)) {
            var key = writer.current(user);

            assertThat(reader.find(user, key.id())).map(DataKey::id).contains(key.id());
            assertThat(reader.current(user).id()).isEqualTo(key.id());
        }
    }

    @Test
    void shouldBeTheSameAfterARestart() {
        DataKey key;
        try (var keys = keys(1)) {
            key = keys.current(user);
        }
        try (var keys = keys(1)) {
            assertThat(keys.current(user).id()).isEqualTo(key.id());
        }
    }

    @Test
    void shouldDestroyForAllProgramsAndForEver() {
        try (var one = keys(1);
                var other = keys(1)) {
            var key = one.current(user);
            assertThat(other.find(user, key.id())).isPresent();

            other.destroy(user, Instant.now());

            assertThat(other.find(user, key.id())).isEmpty();
            try (var restarted = keys(1)) {
                assertThat(restarted.find(user, key.id())).isEmpty();
                assertThat(restarted.current(user).id()).isNotEqualTo(key.id());
            }
        }
    }

    @Test
    void shouldLeaveWhatWasMadeLater() {
        try (var keys = keys(1)) {
            var before = Instant.now().minusSeconds(1);
            var key = keys.current(user);

            keys.destroy(user, before);

            assertThat(keys.find(user, key.id())).isPresent();
        }
    }

    @Test
    void shouldWaitRatherThanTakeAWrongMasterKeyForForgetting() {
        DataKey key;
        try (var keys = keys(1)) {
            key = keys.current(user);
        }
        try (var keys = keys(2)) {
            assertThatThrownBy(() -> keys.find(user, key.id()))
                    .isInstanceOf(KeysUnavailable.class)
                    .hasMessageContaining("REFLECTOR_MASTER_KEY: does not unwrap");
        }
    }

    @Test
    void shouldWaitRatherThanTakeARegistryThatIsAwayForForgetting() {
        DataKey key;
        try (var keys = keys(1)) {
            key = keys.current(user);
        }
        stack.process(Part.REGISTRY).kill();
        try (var keys = keys(1, Duration.ofSeconds(3))) {
            assertThatThrownBy(() -> keys.find(user, key.id())).isInstanceOf(KeysUnavailable.class);

            stack.process(Part.REGISTRY).restart();

            await().atMost(TIMEOUT).ignoreExceptions().untilAsserted(() -> assertThat(keys.find(user, key.id()))
                    .isPresent());
        }
    }

    @Test
    void shouldWaitForAKeyManagementServiceThatIsAwayAndGoOnWithoutARestart() {
        DataKey key;
        try (var keys = keys(SERVICE, TIMEOUT)) {
            key = keys.current(user);
        }
        KeyService.setAway(true);
        try (var keys = keys(SERVICE, TIMEOUT)) {
            assertThatThrownBy(() -> keys.find(user, key.id()))
                    .isInstanceOf(KeysUnavailable.class)
                    .hasMessageContaining("REFLECTOR_MASTER_KEY: does not unwrap")
                    .hasRootCauseMessage("the service is away");

            KeyService.setAway(false);

            assertThat(keys.find(user, key.id())).map(DataKey::id).contains(key.id());
        } finally {
            KeyService.setAway(false);
        }
    }

    @Test
    void shouldDestroyAKeyThatItCannotUnwrap() {
        DataKey key;
        try (var keys = keys(1)) {
            key = keys.current(user);
        }
        try (var keys = keys(2)) {
            keys.destroy(user, Instant.now());
        }
        try (var keys = keys(1)) {
            assertThat(keys.find(user, key.id())).isEmpty();
        }
    }

    private static KeyTopic keys(int master) {
        return keys(master, TIMEOUT);
    }

    private static KeyTopic keys(int master, Duration timeout) {
        var bytes = new byte[32];
        bytes[0] = (byte) master;
        return keys(Base64.getEncoder().encodeToString(bytes), timeout);
    }

    private static KeyTopic keys(String master, Duration timeout) {
        return new KeyTopic(
                MasterKeys.parse(master),
                kafka,
                EventSerdes.of(stack.schemaRegistryUrl()).<WrappedKey>serde(),
                timeout,
                InstantSource.system());
    }
}
