package io.memoryreflector.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever Java the page shows stands in the source that compiles, but for the indentation. */
class ExamplesPageTest {

    private static final Path PAGE = Path.of("../docs/clients/java-sdk.md");
    private static final Path SOURCE = Path.of("src/test/java/io/memoryreflector/client/examples/Examples.java");
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void shouldShowWhatCompiles() throws IOException {
        var source = withoutIndentation(Files.readString(SOURCE));
        var blocks = BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(blocks).hasSizeGreaterThan(5);
        assertThat(blocks).allSatisfy(block -> assertThat(source).contains(withoutIndentation(block)));
    }

    private static String withoutIndentation(String text) {
        return text.replaceAll("(?m)^[ \\t]+", "");
    }
}
