package io.memoryreflector.ingest.access;

import io.memoryreflector.ingest.problem.ProblemResponse;
import io.memoryreflector.ingest.problem.RequestProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who asks, and takes the request from the caller's limit. Whoever says nothing is nobody. */
final class CallerFilter extends OncePerRequestFilter {

    private final Function<HttpServletRequest, Optional<Caller>> callers;
    private final Optional<RateLimits> limits;
    private final ProblemResponse problems;

    CallerFilter(
            Function<HttpServletRequest, Optional<Caller>> callers,
            Optional<RateLimits> limits,
            ProblemResponse problems) {
        this.callers = callers;
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            callers.apply(request).ifPresent(caller -> {
                limits.ifPresent(limit -> limit.take(caller));
                SecurityContextHolder.setContext(new SecurityContextImpl(new AuthenticatedCaller(caller)));
            });
        } catch (RequestProblem problem) {
            if (problem.status() == HttpStatus.UNAUTHORIZED) {
                challenge(response);
            }
            problems.write(response, problem);
            return;
        }
        chain.doFilter(request, response);
    }

    /** Says how one comes in. */
    static void challenge(HttpServletResponse response) {
        response.setHeader("WWW-Authenticate", "Bearer realm=\"memory-reflector\"");
    }
}
