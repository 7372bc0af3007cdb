package io.memoryreflector.client.sending;

import io.memoryreflector.client.OperationId;
import io.memoryreflector.client.spill.Spill;
import io.memoryreflector.events.Interaction;
import java.util.concurrent.atomic.AtomicBoolean;

/** An interaction on its way. Settled once, by whichever thread learns of its fate first. */
public final class Outgoing {

    private final OperationId id;
    private final Interaction interaction;
    private final long epochMillis;
    private final Object repeatKey;
    private final Spill.Stored stored;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile boolean left;
    private boolean retried;

    Outgoing(OperationId id, Interaction interaction, Object repeatKey, Spill.Stored stored) {
        this.id = id;
        this.interaction = interaction;
        this.epochMillis = interaction.getReceivedAt().toEpochMilli();
        this.repeatKey = repeatKey;
        this.stored = stored;
    }

    /** The operation. */
    public OperationId id() {
        return id;
    }

    /** What is sent. */
    public Interaction interaction() {
        return interaction;
    }

    /** The record's key. */
    public String key() {
        return interaction.getNamespace() + "/" + interaction.getUserId();
    }

    /** Whether an attempt has failed, so that the log may have it already. For the transport. */
    public boolean isRetried() {
        return retried;
    }

    /** Says that an attempt has failed. For the transport. */
    public void retry() {
        retried = true;
    }

    /** Says that the log may have it from now on. For the transport. */
    public void leave() {
        left = true;
    }

    /** Says that it did not leave after all. For the transport. */
    public void stay() {
        left = false;
    }

    /** Whether the log may have it. */
    boolean hasLeft() {
        return left;
    }

    /** Whether its fate is known. */
    public boolean isSettled() {
        return settled.get();
    }

    /** Whether the caller is the first to know its fate. */
    boolean settle() {
        return settled.compareAndSet(false, true);
    }

    long epochMillis() {
        return epochMillis;
    }

    Object repeatKey() {
        return repeatKey;
    }

    /** Where it stands on disk; null where it came from memory. */
    Spill.Stored stored() {
        return stored;
    }
}
