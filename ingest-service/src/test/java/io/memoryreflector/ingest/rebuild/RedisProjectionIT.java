package io.memoryreflector.ingest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.store.projection.RedisDatabases;
import io.memoryreflector.store.shortterm.ShortTermMemory;
import io.memoryreflector.store.shortterm.ShortTermSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisProjectionIT {

    private static final UserKey USER = new UserKey("default", "ada");
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private static LocalStack stack;
    private static RedisDatabases databases;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(EnumSet.of(Part.REDIS));
        databases = new RedisDatabases(URI.create(stack.redisUrl()), 1, Duration.ofSeconds(30));
    }

    @AfterAll
    static void stop() {
        databases.close();
        stack.close();
    }

    @Test
    void shouldWriteIntoWhatIsInUseWhereItsProcessDiedJustBehindTheSwitch() {
        // Given
        var died = projection(7);
        died.clear();
        died.write(List.of(said("before")));
        died.settle();
        died.switchOver();

        // When
        var next = projection(7);
        next.write(List.of(said("meanwhile")));
        next.settle();
        next.switchOver();
        next.drop();

        // Then
        assertThat(new ShortTermMemory(databases.inUse(), ShortTermSettings.standard())
                        .recent(USER, Optional.empty(), 10))
                .extracting(Interaction::getInteractionId)
                .containsExactly("before", "meanwhile");
        assertThat(databases.beside().dbSize()).isZero();
    }

    @Test
    void shouldNotBuildOnInAnEmptyDatabaseWhereRedisHasLostWhatWasBuilt() {
        var projection = projection(8);
        projection.clear();
        databases.beside().flushDB();

        assertThatThrownBy(() -> projection.write(List.of(said("late")))).hasMessageContaining("has lost");
    }

    private static RedisProjection projection(long number) {
        return new RedisProjection(
                databases, number, ids -> Set.of(), redis -> {}, InstantSource.system(), () -> false, false);
    }

    private static Interaction said(String id) {
        return Interaction.newBuilder()
                .setInteractionId(id)
                .setNamespace(USER.namespace())
                .setUserId(USER.userId())
                .setMessages(List.of())
                .setOccurredAt(NOW)
                .setReceivedAt(NOW)
                .build();
    }
}
