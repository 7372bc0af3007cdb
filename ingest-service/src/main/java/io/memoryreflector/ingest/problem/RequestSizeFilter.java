package io.memoryreflector.ingest.problem;

import io.memoryreflector.ingest.config.Limits;
import io.memoryreflector.ingest.config.ServiceSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are longer than a request may be: by their announced length, else while they are read. */
@Component
final class RequestSizeFilter extends OncePerRequestFilter {

    private static final RequestMatcher TRANSCRIPT =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/api/memory/{name}/store_raw");

    private final Limits limits;
    private final ProblemResponse problems;

    RequestSizeFilter(ServiceSettings settings, ProblemResponse problems) {
        this.limits = settings.limits();
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var limit = TRANSCRIPT.matches(request) ? limits.transcriptBytes() : limits.requestBytes();
        if (request.getContentLengthLong() > limit) {
            problems.write(response, RequestProblem.of(HttpStatus.CONTENT_TOO_LARGE, RequestTooLarge.detail(limit)));
        } else if (request.getContentLengthLong() < 0) {
            chain.doFilter(new CountedRequest(request, limit), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static final class CountedRequest extends HttpServletRequestWrapper {

        private final int limit;
        private ServletInputStream body;

        CountedRequest(HttpServletRequest request, int limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new CountedBody(super.getInputStream(), limit);
            }
            return body;
        }
    }

    private static final class CountedBody extends ServletInputStream {

        private final ServletInputStream body;
        private final int limit;
        private long count;

        CountedBody(ServletInputStream body, int limit) {
            this.body = body;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            var read = body.read();
            return read < 0 ? read : counted(1, read);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var read = body.read(bytes, offset, length);
            return read < 0 ? read : counted(read, read);
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }

        private int counted(int bytes, int result) throws IOException {
            count += bytes;
            if (count > limit) {
                throw new RequestTooLarge(limit);
            }
            return result;
        }
    }
}
