package io.memoryreflector.ingest.shadows;

import io.memoryreflector.events.ReflectionStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the log has of one user, of both reflectors.
 *
 * @param user record key
 * @param live memories that were ever in use, each as it was last written
 * @param liveStatus what became of each interaction, by its id
 * @param amended ids of memories that a person has changed
 */
record OfUser(
        String user,
        List<Remembered> live,
        List<Remembered> shadow,
        Map<String, ReflectionStatus> liveStatus,
        Map<String, ReflectionStatus> shadowStatus,
        Set<String> amended) {}
