package io.memoryreflector.ingest.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies of a content type with an asterisk, which names no type, and which the framework takes for its own fault. */
@Component
final class ContentTypeFilter extends OncePerRequestFilter {

    private final ProblemResponse problems;

    ContentTypeFilter(ProblemResponse problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var type = request.getContentType();
        if (type == null || type.indexOf('*') < 0) {
            chain.doFilter(request, response);
            return;
        }
        problems.write(
                response,
                RequestProblem.of(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type: holds an asterisk, takes application/json"));
    }
}
