package io.memoryreflector.ingest.access;

import io.memoryreflector.ingest.problem.ProblemResponse;
import io.memoryreflector.ingest.problem.RequestProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps out the pages of other sites. A browser on this machine reaches loopback, so a page could call the service in
 * its user's name: from its own origin, which {@code Origin} tells, or by a name of its own that it has made to point
 * here (DNS rebinding), which {@code Host} tells.
 */
final class OriginFilter extends OncePerRequestFilter {

    private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]");
    private static final Pattern LOOPBACK_IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");
    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final AccessSettings settings;
    private final ProblemResponse problems;

    OriginFilter(AccessSettings settings, ProblemResponse problems) {
        this.settings = settings;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var host = request.getHeader(HttpHeaders.HOST);
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (host != null && !isOurs(host)) {
            problems.write(
                    response,
                    RequestProblem.of(
                            HttpStatus.MISDIRECTED_REQUEST,
                            "Host: names no host of this service, takes localhost or one of REFLECTOR_ALLOWED_HOSTS"));
        } else if (origin != null && !isOurs(origin, host)) {
            problems.write(
                    response,
                    RequestProblem.of(
                            HttpStatus.FORBIDDEN, "Origin: is another site, takes this service's own or none"));
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Where the service can be reached from elsewhere, only who runs it knows by which names. */
    private boolean isOurs(String host) {
        return isNamed(host) || !settings.loopback() && settings.hosts().isEmpty();
    }

    private boolean isNamed(String host) {
        var name = PORT.matcher(host.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
        return settings.hosts().contains(name)
                || settings.loopback()
                        && (LOOPBACK.contains(name)
                                || LOOPBACK_IPV4.matcher(name).matches());
    }

    private boolean isOurs(String origin, String host) {
        try {
            var authority = URI.create(origin).getRawAuthority();
            return authority != null
                    && (authority.equalsIgnoreCase(host)
                            || settings.hosts()
                                    .contains(PORT.matcher(authority.toLowerCase(Locale.ROOT))
                                            .replaceFirst("")));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
