package io.memoryreflector.ingest.access;

import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Whoever sent the request that the calling thread works on. Thread-safe. */
@Component
public final class CurrentCaller {

    /** @throws IllegalStateException where nobody was let in, so that nothing is shown by mistake */
    public Caller get() {
        return find().orElseThrow(() -> new IllegalStateException("this thread works on no request of a known caller"));
    }

    Optional<Caller> find() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof AuthenticatedCaller authenticated
                ? Optional.of(authenticated.getPrincipal())
                : Optional.empty();
    }
}
