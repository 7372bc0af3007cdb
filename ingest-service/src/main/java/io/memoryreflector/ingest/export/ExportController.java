package io.memoryreflector.ingest.export;

import io.memoryreflector.ingest.problem.Parameters;
import io.memoryreflector.schemas.UserKey;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Everything about a user as NDJSON. */
@RestController
@RequestMapping("/api/v1/users/{user}")
@Tag(name = "Forgetting")
class ExportController {

    private static final Logger LOG = LoggerFactory.getLogger(ExportController.class);

    private final Export export;
    private final JsonMapper json;

    ExportController(Export export, JsonMapper json) {
        this.export = export;
        this.json = json;
    }

    @Operation(
            summary = "Everything about a user, line by line: interaction, memory, amendment, session, session_summary,"
                    + " status, dead_letter. The last line is of type end and counts them; without it the export was"
                    + " cut off.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_NDJSON_VALUE,
                                            schema = @Schema(type = "string"))))
    @GetMapping(path = "/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    void export(
            @PathVariable("user") String user,
            @RequestParam(name = "namespace", defaultValue = UserKey.DEFAULT_NAMESPACE) String namespace,
            @Parameter(description = "Interactions and memories alone, those that had happened and were not over then")
                    @RequestParam(name = "as_of", required = false)
                    String asOf,
            HttpServletResponse response)
            throws IOException {
        var ready = export.begin(Parameters.user(namespace, user), Parameters.time("as_of", asOf));
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        var out = response.getOutputStream();
        try {
            ready.write(line -> write(line, out));
        } catch (UncheckedIOException gone) {
            LOG.debug("whoever asked for an export does not read it: {}", gone.toString());
        } catch (RuntimeException failure) {
            if (!response.isCommitted()) {
                response.reset();
                throw failure;
            }
            // A problem in the middle of the lines would be taken for one of them; the end that is missing tells it.
            LOG.warn("an export was cut off: {}", failure.toString());
        }
    }

    private void write(Line line, OutputStream out) {
        try {
            out.write(json.writeValueAsBytes(line));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
