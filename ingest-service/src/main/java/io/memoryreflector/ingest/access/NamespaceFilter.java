package io.memoryreflector.ingest.access;

import io.memoryreflector.ingest.problem.ProblemResponse;
import io.memoryreflector.ingest.problem.RequestProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts the caller's own namespace in the query of every request of a caller who has but one: an endpoint that reads
 * {@code namespace} reads that, whether or not it was given, and another one's name is answered with 404.
 */
final class NamespaceFilter extends OncePerRequestFilter {

    private static final String NAMESPACE = "namespace";

    private final CurrentCaller current;
    private final ProblemResponse problems;

    NamespaceFilter(CurrentCaller current, ProblemResponse problems) {
        this.current = current;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var own = current.find().flatMap(Caller::namespace);
        if (own.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            var caller = current.get();
            var named = request.getParameterValues(NAMESPACE);
            Arrays.stream(named == null ? new String[0] : named).forEach(caller::namespace);
        } catch (RequestProblem problem) {
            problems.write(response, problem);
            return;
        } catch (InvalidParameterException e) {
            problems.write(response, RequestProblem.parameter("query string", "takes UTF-8 in percent-encoding"));
            return;
        }
        chain.doFilter(new Scoped(request, own.get()), response);
    }

    private static final class Scoped extends HttpServletRequestWrapper {

        private final String namespace;

        Scoped(HttpServletRequest request, String namespace) {
            super(request);
            this.namespace = namespace;
        }

        @Override
        public String getParameter(String name) {
            return NAMESPACE.equals(name) ? namespace : super.getParameter(name);
        }

        @Override
        public String[] getParameterValues(String name) {
            return NAMESPACE.equals(name) ? new String[] {namespace} : super.getParameterValues(name);
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            var all = new LinkedHashMap<>(super.getParameterMap());
            all.put(NAMESPACE, new String[] {namespace});
            return all;
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(getParameterMap().keySet());
        }
    }
}
