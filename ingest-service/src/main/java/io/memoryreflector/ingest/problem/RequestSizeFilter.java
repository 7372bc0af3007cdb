package io.memoryreflector.ingest.problem;

import io.memoryreflector.ingest.config.ServiceSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Refuses bodies that are longer than a request may be: by their announced length, else while they are read. */
@Component
final class RequestSizeFilter extends OncePerRequestFilter {

    private final int limit;
    private final JsonMapper json;

    RequestSizeFilter(ServiceSettings settings, JsonMapper json) {
        this.limit = settings.limits().requestBytes();
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit) {
            var problem = Problems.of(HttpStatus.CONTENT_TOO_LARGE, RequestTooLarge.detail(limit), java.util.List.of());
            response.setStatus(problem.getStatus());
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            json.writeValue(response.getOutputStream(), problem);
        } else if (request.getContentLengthLong() < 0) {
            chain.doFilter(new CountedRequest(request), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private final class CountedRequest extends HttpServletRequestWrapper {

        private ServletInputStream body;

        CountedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new CountedBody(super.getInputStream());
            }
            return body;
        }
    }

    private final class CountedBody extends ServletInputStream {

        private final ServletInputStream body;
        private long count;

        CountedBody(ServletInputStream body) {
            this.body = body;
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
