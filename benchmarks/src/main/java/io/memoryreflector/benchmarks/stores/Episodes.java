package io.memoryreflector.benchmarks.stores;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.Vectors;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Drawn episodes of two sentences, with a vector and two names. Not thread-safe. */
final class Episodes {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DIMENSIONS = 384;
    private static final ReflectorVersion REFLECTOR = new ReflectorVersion("bench", "1", null);
    private static final String[] WORDS = """
            work house dog cat sister brother mother father friend school teacher book music guitar piano song film movie
            game football tennis running swimming yoga hiking camping mountain beach lake river forest garden flower
            kitchen cooking recipe bread cake coffee tea wine dinner lunch breakfast restaurant market shop money job
            office boss meeting project report deadline team company client computer phone camera picture painting""".split("\\s+");

    private final Random random = new Random(1);

    /** The episode of this number. */
    Episode of(UserKey user, int number) {
        var id = "i" + number;
        var at = START.plusSeconds(30L * number);
        return Episode.newBuilder()
                .setMemoryId(Ids.memory(user, id, "episodic", "account"))
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId("s" + number / 40)
                .setOccurredAt(at)
                .setRecordedAt(at)
                .setSources(List.of(new SourceRef(id, id + ":m")))
                .setReflector(REFLECTOR)
                .setEmbedding(new Embedding("bench", Vectors.toBytes(vector())))
                .setSummary("Ada: \"" + sentence() + ".\" Eve: \"" + sentence() + ".\"")
                .setParticipants(List.of("Ada", "Eve"))
                .build();
    }

    String sentence() {
        var sentence = new StringBuilder("we");
        for (var i = 0; i < 11; i++) {
            sentence.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return sentence.toString();
    }

    float[] vector() {
        var vector = new float[DIMENSIONS];
        var square = 0.0;
        for (var i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
            square += vector[i] * vector[i];
        }
        for (var i = 0; i < DIMENSIONS; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
    }
}
