package io.memoryreflector.ingest.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.MediaType;

/** Answers what Tomcat refuses before any servlet sees it, such as a malformed request line, as a problem. */
public final class ProblemErrorReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        var status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var title = Problems.title(status);
        var body = "{\"type\":\"" + Problems.type(status) + "\",\"title\":\"" + title + "\",\"status\":" + status
                + ",\"detail\":\"The request could not be read as HTTP: " + title + "\"}";
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        try {
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            getContainer().getLogger().debug("the caller is gone", e);
        }
    }
}
