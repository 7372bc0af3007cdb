package io.memoryreflector.systemtests.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memoryreflector.systemtests.clients.ExampleProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a person does on each view, in Chromium, over the whole system. Dead letters come last: they are used up. */
@TestMethodOrder(OrderAnnotation.class)
class PageIT {

    private static final Path BROWSER = Path.of("..", "page", "node_modules", "playwright-core");

    private static final String ALL_BUT_THE_PIPELINE =
            "trace,recall,facts,memory,graph,timeline,procedures,sessions,dead-letters,dead-letter";

    private static WatchedStack stack;

    @BeforeAll
    static void start() throws Exception {
        ExampleProgram.assumeInstalled("node", "npm", "chromium");
        // The build leaves the page out where Node.js is older than it takes.
        assumeTrue(Files.isDirectory(BROWSER), BROWSER + " is missing: build with Node.js 20 and npm on the PATH");
        stack = WatchedStack.start();
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    @Order(1)
    void shouldAskForAKeyAndTakeTheRightOne() throws Exception {
        stack.run("key", Map.of());
    }

    /** Not a test of anything: {@code make screenshots}. */
    @Test
    @Order(2)
    @EnabledIfSystemProperty(named = "images", matches = ".+", disabledReason = "pictures are taken when asked for")
    void shouldTakeAPictureOfEachView() throws Exception {
        var images = Path.of(System.getProperty("images"))
                .toAbsolutePath()
                .normalize()
                .toString();
        var traffic = stack.traffic();
        try {
            stack.run("screenshots", Map.of("PAGE_IMAGES", images, "PAGE_VIEWS", "pipeline"));
        } finally {
            traffic.shutdownNow();
        }
        stack.run("screenshots", Map.of("PAGE_IMAGES", images, "PAGE_VIEWS", ALL_BUT_THE_PIPELINE));
    }

    @Test
    @Order(3)
    void shouldLookRightInBothThemesAndBothWidths() throws Exception {
        stack.run("looks", Map.of());
    }

    @Test
    @Order(4)
    void shouldShowAMessageTravel() throws Exception {
        stack.run("try-it", Map.of());
    }

    @Test
    @Order(5)
    void shouldTraceAnInteraction() throws Exception {
        stack.run("trace", Map.of());
    }

    @Test
    @Order(6)
    void shouldExploreAMemory() throws Exception {
        stack.run("memory", Map.of());
    }

    @Test
    @Order(7)
    void shouldShowThePipelineLiveAndSendOnWhatWaits() throws Exception {
        stack.run("pipeline", Map.of());
    }

    @Test
    @Order(8)
    void shouldLookAtDiscardAndReplayDeadLetters() throws Exception {
        stack.run("dead-letters", Map.of());
    }
}
