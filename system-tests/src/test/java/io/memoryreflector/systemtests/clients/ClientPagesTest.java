package io.memoryreflector.systemtests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of docs/clients show the example files that {@code ProducerClientsIT} runs. */
class ClientPagesTest {

    private static final Path CLIENTS = Path.of("..", "docs", "clients");
    private static final Path EXAMPLES = CLIENTS.resolve("examples");

    static List<String> examples() {
        return List.of(
                "javascript/package.json",
                "javascript/send.js",
                "java/pom.xml",
                "java/SendInteraction.java",
                "kcat/send-again.sh",
                "mcp/package.json",
                "mcp/memory.js",
                "vectorstore/transcript.py",
                "mem0/package.json",
                "mem0/memory.js");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldShowTheExampleAsItIs(String example) throws IOException {
        var page = CLIENTS.resolve(Path.of(example).getName(0) + ".md");

        var blocks = Pattern.compile("```[a-z]+\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1));

        assertThat(blocks).contains(Files.readString(EXAMPLES.resolve(example)));
    }

    @Test
    void shouldNameTheLibrariesThatTheJavaExampleIsTestedWith() throws IOException {
        var jars = Pattern.compile("<artifactId>(\\S+)</artifactId>\\s*<version>(\\S+)</version>\\s*</dependency>")
                .matcher(Files.readString(EXAMPLES.resolve("java/pom.xml")))
                .results()
                .map(dependency -> dependency.group(1) + "-" + dependency.group(2) + ".jar")
                .toList();

        assertThat(jars).hasSize(2).allSatisfy(jar -> assertThat(System.getProperty("java.class.path"))
                .contains(jar));
    }
}
