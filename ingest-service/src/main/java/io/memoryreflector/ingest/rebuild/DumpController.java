package io.memoryreflector.ingest.rebuild;

import io.memoryreflector.store.projection.Dump;
import io.memoryreflector.store.projection.GraphDump;
import io.memoryreflector.store.projection.RedisDatabases;
import io.memoryreflector.store.projection.RedisDump;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A projection in its canonical form, for who wants to compare it. */
@RestController
@Tag(name = "Admin")
class DumpController {

    private static final Logger LOG = LoggerFactory.getLogger(DumpController.class);

    private static final Duration PAGE = Duration.ofSeconds(30);

    private final Map<Target, Dump> dumps;

    DumpController(Driver neo4j, RedisDatabases databases) {
        dumps = Map.of(Target.NEO4J, new GraphDump(neo4j, PAGE), Target.REDIS, new RedisDump(databases.inUse()));
    }

    @Operation(
            summary =
                    "All that Neo4j or Redis holds in a canonical form, as NDJSON: of the same log they have the same bytes."
                            + " The last line is of kind end, counts the lines before it and has their SHA-256; without it the"
                            + " dump was cut off.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_NDJSON_VALUE,
                                            schema = @Schema(type = "string"))))
    @GetMapping(path = "/api/v1/dumps/{target}", produces = MediaType.APPLICATION_NDJSON_VALUE)
    void dump(
            @Parameter(schema = @Schema(allowableValues = {"neo4j", "redis"})) @PathVariable("target") String target,
            HttpServletResponse response)
            throws IOException {
        var dump = dumps.get(Target.of(target));
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        var out = response.getOutputStream();
        var hash = sha256();
        var lines = new long[1];
        try {
            dump.write(line -> {
                var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
                hash.update(bytes);
                lines[0]++;
                write(bytes, out);
            });
            write(
                    ("{\"kind\":\"end\",\"lines\":" + lines[0] + ",\"sha256\":\""
                                    + HexFormat.of().formatHex(hash.digest()) + "\"}\n")
                            .getBytes(StandardCharsets.UTF_8),
                    out);
        } catch (UncheckedIOException gone) {
            LOG.debug("whoever asked for a dump does not read it: {}", gone.toString());
        } catch (RuntimeException failure) {
            if (!response.isCommitted()) {
                response.reset();
                throw failure;
            }
            // A problem in the middle of the lines would be taken for one of them; the end that is missing tells it.
            LOG.warn("a dump was cut off: {}", failure.toString());
        }
    }

    private static void write(byte[] bytes, OutputStream out) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
