package io.memoryreflector.client.sending;

import java.util.List;
import java.util.Optional;

/**
 * A way to the log. What it has taken it sends in order, again and again until there is an answer or it is closed, and
 * settles with {@link Results}: it is the one layer that retries. Called by the sender's thread alone, but for what says
 * so.
 */
public interface Transport {

    /**
     * Takes as many as it can from the front; 0 says not now. Does not wait. Called often, also with nothing to send, so
     * that it can look after what it has taken.
     */
    int send(List<Outgoing> batch);

    /** What is wrong with the way; empty as long as nothing is known to be. From any thread. */
    Optional<String> fault();

    /** Gives up what has no answer yet, without settling it; nothing is settled afterwards. */
    void abandon();
}
