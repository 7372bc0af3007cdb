package io.memoryreflector.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.memoryreflector.cli.imports.Entry.Item;
import io.memoryreflector.cli.imports.Entry.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both forms of a file, entry by entry. */
class ImportFileTest {

    @Test
    void shouldReadLinesAndSkipBlankOnesButCountThem() throws IOException {
        var entries = read("\r\n{\"user_id\":\"a\"}\r\n\n  \n{\"user_id\":\"b\"}");

        assertThat(entries).hasSize(2).allMatch(Item.class::isInstance);
        assertThat(entries).extracting(Entry::line).containsExactly(2L, 5L);
    }

    @Test
    void shouldGoOnBehindALineThatCannotBeRead() throws IOException {
        var entries = read("{\"user_id\":\"a\"}\n{broken\n\u0000\n{\"user_id\":\"b\"}\n");

        assertThat(entries)
                .extracting(entry -> entry.line() + " " + entry.getClass().getSimpleName())
                .containsExactly("1 Item", "2 Unreadable", "3 Unreadable", "4 Item");
    }

    @Test
    void shouldReadAnArrayOverManyLinesAndSayWhereEachItemBegins() throws IOException {
        var entries = read("\n[\n {\"user_id\":\n   \"a\"},\n {\"user_id\":\"b\"}, 7\n]\n");

        assertThat(entries)
                .extracting(entry -> entry.line() + " " + entry.getClass().getSimpleName())
                .containsExactly("3 Item", "5 Item", "5 Unreadable");
        assertThat(entries.get(0).raw()).asString(StandardCharsets.UTF_8).isEqualTo("{\"user_id\":\"a\"}");
    }

    @Test
    void shouldSayThatAnArrayWasNotReadToItsEnd() throws IOException {
        var broken = read("[{\"user_id\":\"a\"},\n{\"user_id\" \"b\"},\n{\"user_id\":\"c\"}]");
        var cutOff = read("[{\"user_id\":\"a\"},");
        var more = read("[{\"user_id\":\"a\"}] {\"user_id\":\"b\"}");

        for (var entries : List.of(broken, cutOff, more)) {
            assertThat(entries).hasSize(2);
            assertThat(((Unreadable) entries.get(1)).reason()).endsWith("nothing after it was read");
        }
        assertThat(broken.get(1).line()).isEqualTo(2);
    }

    @Test
    void shouldSeeBehindAByteOrderMark() throws IOException {
        assertThat(read("\uFEFF{\"user_id\":\"a\"}\n")).hasSize(1).allMatch(Item.class::isInstance);
        assertThat(read("\uFEFF[{\"user_id\":\"a\"}]")).hasSize(1).allMatch(Item.class::isInstance);
    }

    @Test
    void shouldFindNothingInAnEmptyFile() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(read(" \n\n")).isEmpty();
        assertThat(read("[]")).isEmpty();
    }

    @Test
    void shouldKeepNoMoreOfALineThanALimit() throws IOException {
        var entries = new LineEntries(stream("{\"user_id\":\"" + "x".repeat(100) + "\"}\n{\"user_id\":\"b\"}\n"), 50);

        assertThat(entries.next()).hasValueSatisfying(entry -> assertThat(((Unreadable) entry).reason())
                .startsWith("has 114 bytes, takes up to 50"));
        assertThat(entries.next()).hasValueSatisfying(entry -> assertThat(entry).isInstanceOf(Item.class));
        assertThat(entries.next()).isEmpty();
    }

    private static List<Entry> read(String content) throws IOException {
        var entries = new ArrayList<Entry>();
        try (var file = ImportFile.open("-", stream(content))) {
            for (var entry = file.next(); entry.isPresent(); entry = file.next()) {
                entries.add(entry.get());
            }
            assertThat(file.position()).isEqualTo(content.getBytes(StandardCharsets.UTF_8).length);
        }
        return entries;
    }

    private static ByteArrayInputStream stream(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }
}
