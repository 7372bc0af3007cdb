package io.memoryreflector.ingest.interactions;

import io.memoryreflector.events.Interaction;
import io.memoryreflector.schemas.UserKey;

/**
 * An interaction on its way in.
 *
 * @param hasNewId whether its id was made just now and for it alone, so that nobody can have sent it before
 */
record Incoming(Interaction interaction, boolean hasNewId) {

    UserKey user() {
        return new UserKey(interaction.getNamespace(), interaction.getUserId());
    }
}
