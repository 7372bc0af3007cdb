package io.memoryreflector.ingest.access;

import io.memoryreflector.ingest.config.ServiceSettings;
import io.memoryreflector.ingest.problem.ProblemResponse;
import io.memoryreflector.ingest.problem.RequestProblem;
import io.memoryreflector.schemas.env.Environment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The one chain that every request goes through: where from, who, may they, whose. No cookies, so no CSRF tokens. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class AccessConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(AccessConfiguration.class);

    /** Scripts and styles are files of our own, and nothing is loaded from elsewhere. */
    private static final String CONTENT =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The page to try the API at brings its own scripts and styles, the latter partly in its HTML. */
    private static final String CONTENT_OF_SWAGGER =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private static final String NO_SENSORS = "camera=(), geolocation=(), microphone=()";

    @Bean
    AccessSettings accessSettings(Environment environment, ServiceSettings settings) {
        var access = AccessSettings.from(environment, settings.address());
        LOG.info(
                "{}",
                access.isClosed() ? "callers have to show a key or a token" : "open to this machine, no keys set");
        return access;
    }

    @Bean
    AccessPolicy accessPolicy() {
        return new AccessPolicy();
    }

    /** One request is observed once, as a whole: not each filter that it goes through. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain access(
            HttpSecurity http,
            AccessSettings settings,
            AccessPolicy policy,
            CurrentCaller current,
            ProblemResponse problems) {
        http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .headers(headers -> headers.addHeaderWriter(AccessConfiguration::contentPolicy)
                        .permissionsPolicyHeader(permissions -> permissions.policy(NO_SENSORS))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .exceptionHandling(failures -> failures.authenticationEntryPoint((request, response, failure) -> {
                            CallerFilter.challenge(response);
                            problems.write(
                                    response,
                                    Credentials.refused("Takes a key: 'Authorization: Bearer …' or '"
                                            + Credentials.KEY_HEADER + ": …'."));
                        })
                        .accessDeniedHandler((request, response, failure) -> problems.write(
                                response, RequestProblem.of(HttpStatus.FORBIDDEN, "This credential may not do that."))))
                .addFilterAfter(new OriginFilter(settings, problems), HeaderWriterFilter.class)
                .addFilterBefore(callerFilter(settings, problems), AuthorizationFilter.class)
                .addFilterAfter(new NamespaceFilter(current, problems), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> {
                    // Only the way back of a request that was let in before.
                    requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                            .permitAll();
                    if (settings.isClosed()) {
                        requests.anyRequest().access(policy);
                    } else {
                        requests.anyRequest().permitAll();
                    }
                });
        return http.build();
    }

    /**
     * Any text may be a user's id in a path, encoded slashes and percent signs included, so the default firewall is too
     * strict. It guards against paths that the rules and the endpoints read differently: here both read them by the
     * same parser, and what no rule names is refused.
     */
    @Bean
    HttpFirewall noFirewallForPaths() {
        return new HttpFirewall() {
            @Override
            public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
                return new FirewalledRequest(request) {
                    @Override
                    public void reset() {
                        // Nothing was wrapped.
                    }
                };
            }

            @Override
            public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
                return response;
            }
        };
    }

    private static void contentPolicy(HttpServletRequest request, HttpServletResponse response) {
        var isSwagger = request.getRequestURI().startsWith("/swagger-ui");
        response.setHeader("Content-Security-Policy", isSwagger ? CONTENT_OF_SWAGGER : CONTENT);
    }

    private static CallerFilter callerFilter(AccessSettings settings, ProblemResponse problems) {
        if (!settings.isClosed()) {
            return new CallerFilter(request -> Optional.of(Caller.ANYONE), Optional.empty(), problems);
        }
        var tokens = settings.oidc().map(oidc -> new OidcTokens(oidc, Clock.systemUTC()));
        var credentials = new Credentials(settings.keys(), tokens, new FailedLogins());
        return new CallerFilter(credentials::caller, settings.rateLimit().map(RateLimits::new), problems);
    }
}
