package io.memoryreflector.schemas.topic;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A reflector that goes through the log once more beside the live one: which topics are its own, and by which names they
 * are found. What it reads of others, it reads where everybody does. Immutable.
 *
 * @param name {@code [a-z0-9-]{1,32}}
 */
public record Shadow(String name) {

    /** What a name has to look like. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    private static final String PREFIX = "shadow.";

    private static final Pattern TOPIC = Pattern.compile("shadow\\.([a-z0-9-]{1,32})\\.(?:memory|reflector)\\..*");

    /** All that a reflector writes, but for interactions: those are the log's, and their entrance is the live one's. */
    private static final List<Topic> WRITTEN = List.of(
            Topics.TASKS_EPISODIC,
            Topics.TASKS_SEMANTIC,
            Topics.TASKS_PROCEDURAL,
            Topics.RETRY,
            Topics.OUTCOMES,
            Topics.DEAD_LETTERS,
            Topics.EPISODIC,
            Topics.SEMANTIC,
            Topics.PROCEDURAL,
            Topics.SESSIONS,
            Topics.REFLECTIONS);

    /** @throws IllegalArgumentException if the name is none */
    public Shadow {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "shadow: got '" + name + "', takes 1 to 32 of lower-case letters, digits and hyphens");
        }
    }

    /** Whose topic it is; empty of a topic that is no shadow's. */
    public static Optional<Shadow> ofTopic(String topic) {
        var parts = TOPIC.matcher(topic);
        return parts.matches() ? Optional.of(new Shadow(parts.group(1))) : Optional.empty();
    }

    /** The shadow's own in the place of a live topic, if it writes to it; else the live topic. */
    public Topic of(Topic live) {
        if (!WRITTEN.contains(live)) {
            return live;
        }
        // What calls have cost is told as long as the shadow is there.
        var retention = live.equals(Topics.OUTCOMES) ? Optional.<Duration>empty() : live.retention();
        return new Topic(
                prefix() + live.name(),
                live.schema(),
                live.compacted(),
                live.compactedWithin(),
                retention,
                live.logAppendTime());
    }

    /** All of its own topics. */
    public List<Topic> topics() {
        return WRITTEN.stream().map(this::of).toList();
    }

    /** What the names of its topics and of their subjects begin with. */
    public String prefix() {
        return PREFIX + name + ".";
    }

    /** Its application id, which is its consumer group, beside the live one's. */
    public String applicationId(String live) {
        return live + "-shadow-" + name;
    }
}
