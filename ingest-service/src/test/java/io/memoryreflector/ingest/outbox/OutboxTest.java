package io.memoryreflector.ingest.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Message;
import io.memoryreflector.events.Role;
import io.memoryreflector.ingest.config.OutboxSettings;
import io.memoryreflector.ingest.config.StartFailure;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.encryption.DataKey;
import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.encryption.UserKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The outbox on a real file. */
@Timeout(60)
class OutboxTest {

    private static final CallHeaders NO_HEADERS = CallHeaders.of(null, null);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final UserKey ADA = new UserKey("default", "ada");

    @TempDir
    private Path folder;

    @Test
    void shouldGiveBackWhatItWasGivenInOrderAlsoAfterARestart() {
        var said = interaction("ada", "i-1", "I moved to Lisbon.");
        try (var outbox = open()) {
            outbox.spool(said, CallHeaders.of(TRACE, "key-1")).join();
            outbox.spool(interaction("bob", "i-2", "x"), NO_HEADERS).join();
        }

        try (var outbox = open()) {
            assertThat(outbox.depth()).isEqualTo(2);
            assertThat(outbox.bytes()).isPositive();
            assertThat(outbox.holds(ADA)).isTrue();
            var entries = outbox.after(0, 10);
            assertThat(entries)
                    .extracting(entry -> entry.spooled().user())
                    .containsExactly("default/ada", "default/bob");
            assertThat(entries.get(0).spooled().interaction()).isEqualTo(said);
            assertThat(entries.get(0).spooled().headers()).isEqualTo(CallHeaders.of(TRACE, "key-1"));
            assertThat(entries.get(1).spooled().headers()).isEqualTo(NO_HEADERS);
            assertThat(outbox.after(entries.get(0).place(), 10)).hasSize(1);

            outbox.delete(entries);
            assertThat(outbox.depth()).isZero();
            assertThat(outbox.bytes()).isZero();
            assertThat(outbox.holds(ADA)).isFalse();
            assertThat(outbox.drained()).isEqualTo(2);
        }
    }

    @Test
    void shouldKeepAUserAndIdOnce() {
        try (var outbox = open()) {
            for (var i = 0; i < 3; i++) {
                outbox.spool(interaction("ada", "same", "time " + i), NO_HEADERS)
                        .join();
            }
            outbox.spool(interaction("bob", "same", "another user's"), NO_HEADERS)
                    .join();

            assertThat(outbox.depth()).isEqualTo(2);
            assertThat(outbox.spooled()).isEqualTo(2);
            var first = outbox.after(0, 10).get(0).spooled().interaction();
            assertThat(first.getMessages().get(0).getContent()).isEqualTo("time 0");
        }
    }

    @Test
    void shouldTakeAnyTextAsIds() {
        var ids = List.of("a\0b", "a\0c", "ünï ☂ 漢字 \ud83d\ude00", "'; DROP TABLE entry; --", "%_\\");
        try (var outbox = open()) {
            for (var id : ids) {
                outbox.spool(interaction(id, id, "x"), NO_HEADERS).join();
            }

            assertThat(outbox.after(0, 10))
                    .extracting(entry -> entry.spooled().interactionId())
                    .isEqualTo(ids);
            assertThat(outbox.after(0, 10))
                    .extracting(entry -> entry.spooled().interaction().getUserId())
                    .isEqualTo(ids);
        }
    }

    @Test
    void shouldTakeManyAtOnceWithFewSyncs() {
        var begun = System.nanoTime();
        try (var outbox = open()) {
            var stored = new ArrayList<CompletableFuture<Void>>();
            for (var i = 0; i < 4_000; i++) {
                stored.add(outbox.spool(interaction("u" + i % 7, "i-" + i, "x".repeat(500)), NO_HEADERS));
            }
            CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new)).join();

            assertThat(outbox.depth()).isEqualTo(4_000);
            assertThat(outbox.after(0, 5_000))
                    .extracting(entry -> entry.spooled().interactionId())
                    .containsSequence("i-0", "i-1", "i-2")
                    .hasSize(4_000);
        }
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(30);
    }

    @Test
    void shouldEndAPageEarlyWhereEntriesAreLarge() {
        try (var outbox = open()) {
            for (var i = 0; i < 12; i++) {
                outbox.spool(interaction("ada", "i-" + i, "x".repeat(1 << 20)), NO_HEADERS)
                        .join();
            }

            assertThat(outbox.after(0, 100)).hasSize(8);
        }
    }

    @Test
    void shouldSayThatItIsFull() {
        try (var outbox = new Outbox(new OutboxSettings(folder, 100, 1_000), EventSealing.none())) {
            outbox.spool(interaction("ada", "i-1", "x"), NO_HEADERS).join();

            assertThat(refusal(outbox.spool(interaction("ada", "i-2", "x".repeat(1_000)), NO_HEADERS)))
                    .isEqualTo("the outbox is full");
            assertThat(outbox.depth()).isEqualTo(1);
            assertThat(outbox.fault()).isEmpty();
        }
    }

    @Test
    void shouldGiveTheDiskBackOnceItIsEmpty() throws IOException {
        try (var outbox = open()) {
            for (var i = 0; i < 8; i++) {
                outbox.spool(interaction("ada", "i-" + i, "x".repeat(1 << 20)), NO_HEADERS)
                        .join();
            }
            assertThat(size(folder)).isGreaterThan(8 << 20);

            outbox.delete(outbox.after(0, 100));

            assertThat(size(folder)).isLessThan(100_000);
        }
    }

    @Test
    void shouldBeForItsOwnerAlone() throws IOException {
        var made = folder.resolve("a/b");
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        try (var outbox = new Outbox(new OutboxSettings(made, 1, 1_000), EventSealing.none())) {
            assertThat(outbox.depth()).isZero();
            assertThat(Files.getPosixFilePermissions(made))
                    .extracting(Enum::name)
                    .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE", "OWNER_EXECUTE");
        }
    }

    @Test
    void shouldNotStartInAFolderThatCannotBeMade() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "no folder");

        assertThatThrownBy(() -> new Outbox(new OutboxSettings(file, 1, 1), EventSealing.none()))
                .isInstanceOf(StartFailure.class)
                .hasMessage("OUTBOX_DIR: got '" + file + "', takes a folder that can be made and written");
        assertThatThrownBy(() -> new Outbox(new OutboxSettings(file.resolve("below"), 1, 1), EventSealing.none()))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("OUTBOX_DIR: got '" + file.resolve("below") + "', takes ");
    }

    @Test
    void shouldNotShareItsFolder() {
        try (var outbox = open()) {
            assertThat(outbox.fault()).isEmpty();
            assertThatThrownBy(this::open)
                    .isInstanceOf(StartFailure.class)
                    .hasMessageStartingWith("OUTBOX_DIR: got '" + folder + "', which another program has open");
        }
    }

    @Test
    void shouldRefuseWhileTheDiskIsFullAndTakeAgainAfterwardsWithoutARestart() throws Exception {
        var disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()))
                .as("a small disk can be made, which takes root")
                .isZero();
        try (var outbox = new Outbox(new OutboxSettings(disk, 1_000, 1 << 30), EventSealing.none())) {
            outbox.spool(interaction("ada", "i-1", "x"), NO_HEADERS).join();
            Files.write(disk.resolve("others"), new byte[1_500_000]);

            assertThat(refusal(outbox.spool(interaction("ada", "i-2", "x".repeat(600_000)), NO_HEADERS)))
                    .isEqualTo("the outbox's disk fails");
            assertThat(outbox.fault()).isPresent();
            assertThat(outbox.depth()).isEqualTo(1);

            Files.delete(disk.resolve("others"));
            outbox.mend();
            assertThat(outbox.fault()).isEmpty();
            outbox.spool(interaction("ada", "i-3", "x".repeat(300_000)), NO_HEADERS)
                    .join();
            assertThat(outbox.after(0, 10))
                    .extracting(entry -> entry.spooled().interactionId())
                    .containsExactly("i-1", "i-3");
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void shouldStartOnAFileThatIsNoDatabaseAndHealWhenItIsGone() throws IOException {
        var broken = Files.writeString(folder.resolve("outbox.db"), "no database ".repeat(1_000));

        try (var outbox = open()) {
            assertThat(outbox.fault()).isPresent();
            assertThat(refusal(outbox.spool(interaction("ada", "i-1", "x"), NO_HEADERS)))
                    .isEqualTo("the outbox's disk fails");

            Files.delete(broken);
            outbox.spool(interaction("ada", "i-2", "x"), NO_HEADERS).join();
            assertThat(outbox.fault()).isEmpty();
            assertThat(outbox.depth()).isEqualTo(1);
        }
    }

    @Test
    void shouldBeUnreadableOnTheDiskWithAMasterKey() throws Exception {
        var sealing = new EventSealing(new MasterKeyAlone());
        var said = interaction("ada", "i-1", "I moved to Lisbon");
        try (var outbox = new Outbox(new OutboxSettings(folder, 100, 1 << 20), sealing)) {
            outbox.spool(said, NO_HEADERS).join();

            assertThat(outbox.interaction(outbox.after(0, 10).get(0).spooled())).isEqualTo(said);
            try (var files = Files.list(folder)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain("Lisbon");
                }
            }
        }
    }

    /** As while Kafka is away: no user's key can be had. */
    private static final class MasterKeyAlone implements UserKeys {

        private final DataKey key = key();

        @Override
        public DataKey current(UserKey user) {
            assertThat(user).isNull();
            return key;
        }

        @Override
        public Optional<DataKey> find(UserKey user, UUID id) {
            return Optional.of(key);
        }

        private static DataKey key() {
            try {
                return new DataKey(new UUID(0, 0), Instant.EPOCH, new AesGcmJce(Random.randBytes(32)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Outbox open() {
        return new Outbox(new OutboxSettings(folder, 100_000, 1 << 30), EventSealing.none());
    }

    private static String refusal(CompletableFuture<Void> stored) {
        try {
            stored.join();
            return "";
        } catch (CompletionException refused) {
            assertThat(refused).hasCauseInstanceOf(OutboxUnavailable.class);
            return refused.getCause().getMessage();
        }
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    private static Interaction interaction(String user, String id, String content) {
        var at = Instant.parse("2026-05-02T10:00:00Z");
        return Interaction.newBuilder()
                .setInteractionId(id)
                .setNamespace("default")
                .setUserId(user)
                .setMessages(List.of(Message.newBuilder()
                        .setMessageId(id + ":0")
                        .setRole(Role.USER)
                        .setContent(content)
                        .setSentAt(at)
                        .build()))
                .setOccurredAt(at)
                .setMetadata(Map.of())
                .build();
    }
}
