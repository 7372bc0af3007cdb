package io.memoryreflector.ingest.outbox;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.events.Source;
import io.memoryreflector.ingest.log.CallHeaders;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.encryption.EventSealing;
import io.memoryreflector.schemas.erasure.Handed;
import io.memoryreflector.schemas.serde.StateSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;

/**
 * An interaction as it lies in the outbox. Not changed once made.
 *
 * @param user record key of whose it is
 * @param interactionId its id
 * @param event the interaction in Avro's single-object encoding, which needs no registry
 * @param headers what travels with it
 */
record Spooled(String user, String interactionId, byte[] event, CallHeaders headers) {

    /** What the database adds to an entry: the row, its index and half-filled pages. */
    private static final int OVERHEAD = 128;

    private static final Serde<Interaction> SERDE = StateSerde.of(Interaction.SCHEMA$);

    static Spooled of(Interaction interaction, CallHeaders headers) {
        return new Spooled(
                new UserKey(interaction.getNamespace(), interaction.getUserId()).toString(),
                interaction.getInteractionId(),
                SERDE.serializer().serialize("outbox", interaction),
                headers);
    }

    /** @throws org.apache.kafka.common.errors.SerializationException if a version of the schema wrote it that is not known here */
    Interaction interaction() {
        return SERDE.deserializer().deserialize("outbox", event);
    }

    /** The same with the event sealed, so that nobody reads it on the disk. */
    Spooled sealedBy(EventSealing sealing) {
        return new Spooled(user, interactionId, sealing.sealBytes(null, event), headers);
    }

    /** The same with the event as it was before {@link #sealedBy}. */
    Spooled openedBy(EventSealing sealing) {
        return new Spooled(user, interactionId, sealing.openBytes(null, event), headers);
    }

    /** What an erasure is asked about; an interaction that this version cannot read counts as an old one. */
    Handed handed() {
        try {
            var interaction = interaction();
            var at = interaction.getReceivedAt();
            return Handed.of(interaction, at == null ? Instant.EPOCH : at);
        } catch (SerializationException e) {
            return new Handed(user, null, Source.UNKNOWN, Set.of(interactionId), null, Instant.EPOCH);
        }
    }

    /** What it counts against the outbox's bound in bytes. */
    long size() {
        return OVERHEAD
                + event.length
                + 2L
                        * (user.getBytes(StandardCharsets.UTF_8).length
                                + interactionId.getBytes(StandardCharsets.UTF_8).length)
                + headers.traceparent().map(String::length).orElse(0)
                + headers.idempotencyKey().map(String::length).orElse(0);
    }
}
