package io.memoryreflector.systemtests.eval;

import io.memoryreflector.events.Embedding;
import io.memoryreflector.events.Episode;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.SourceRef;
import io.memoryreflector.events.Tier;
import io.memoryreflector.localstack.LocalStack;
import io.memoryreflector.localstack.Part;
import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import io.memoryreflector.schemas.Cores;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.schemas.Vectors;
import io.memoryreflector.store.Neo4jConnection;
import io.memoryreflector.store.longterm.LongTermMemory;
import io.memoryreflector.store.recall.Recall;
import io.memoryreflector.store.recall.RecallQuery;
import io.memoryreflector.store.recall.RecallSettings;
import io.memoryreflector.store.recall.Reranker;
import io.memoryreflector.store.recall.Weights;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Measures recall for a user with many memories in a store with many other users: a real Neo4j, the vector of the
 * question, the look for what was written since, and the ranking, by several callers at once. Once at rest, and once
 * while that user's memories are being written.
 *
 * <p>Arguments, all optional: memories of the user, other users, callers, seconds of each phase.
 */
public final class RecallBench {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int OF_OTHERS = 20;
    private static final int BATCH = 500;
    private static final int TURNS_OF_A_SESSION = 40;
    private static final int WORDS = 5_000;
    /** The most frequent ones, of which questions are made: those of no language take many times as long to embed. */
    private static final String[] FREQUENT = """
            work house dog cat sister brother mother father friend school teacher book music guitar piano
            song film movie game football tennis running swimming yoga hiking camping mountain beach lake
            river forest garden flower kitchen cooking recipe bread cake coffee tea wine dinner lunch
            breakfast restaurant market shop money job office boss meeting project report deadline team
            company client computer phone camera picture painting art museum concert festival party birthday
            wedding holiday trip travel train plane hotel ticket passport city village country street bridge
            station airport hospital doctor medicine health sleep stress weather rain snow summer winter
            spring autumn weekend morning evening night week month year story letter message news paper
            language lesson exam course university degree science history nature animal horse bird fish car
            bike motorcycle road accident repair tool wood metal paint color dress shirt shoes jacket hat
            watch ring gift box bag key door window table chair bed lamp mirror clock neighbor child baby
            son daughter family parents cousin uncle aunt husband wife partner love marriage dream fear hope
            plan goal habit moved bought sold lost found broke fixed built wrote read learned taught visited
            met called invited promised decided started finished stopped enjoyed hated loved missed
            remembered forgot planned wanted""".split("\\s+");

    private static final Duration BETWEEN_WRITES = Duration.ofMillis(100);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final UserKey USER = new UserKey(UserKey.DEFAULT_NAMESPACE, "heavy");
    private static final Set<Tier> ALL = Set.of(Tier.EPISODIC, Tier.SEMANTIC, Tier.PROCEDURAL);

    /** As ingest-service has it. */
    private final MiniLmEmbedder embedder = new MiniLmEmbedder(Cores.allButOne());

    private final LongTermMemory longTerm;
    private final Random random = new Random(1);
    private final List<String> words = words();

    private RecallBench(LongTermMemory longTerm) {
        this.longTerm = longTerm;
    }

    public static void main(String[] args) throws Exception {
        var memories = number(args, 0, 10_000);
        var others = number(args, 1, 1_000);
        var callers = number(args, 2, 8);
        var seconds = number(args, 3, 15);
        try (var stack = LocalStack.start(EnumSet.of(Part.NEO4J));
                var driver = Neo4jConnection.open(stack.neo4jUrl(), "", "", TIMEOUT)) {
            var longTerm = new LongTermMemory(driver, TIMEOUT);
            longTerm.migrate();
            new RecallBench(longTerm).run(memories, others, callers, seconds);
        }
    }

    private void run(int memories, int others, int callers, int seconds) throws Exception {
        System.out.printf(
                "%d memories of one user, %d of each of %d others, %d callers, %d cores%n",
                memories, OF_OTHERS, others, callers, Runtime.getRuntime().availableProcessors());
        var begun = System.nanoTime();
        write(USER, 0, memories);
        for (int other = 0; other < others; other++) {
            write(new UserKey(UserKey.DEFAULT_NAMESPACE, "other" + other), 0, OF_OTHERS);
        }
        print("written in %.1f s", begun);
        var settings = new RecallSettings(Weights.STANDARD, embedder::embed, Reranker.NONE);
        var recall = new Recall(longTerm, 256L << 20, settings);
        embedder.embed("Warm.");
        begun = System.nanoTime();
        recall.recall(query("the first question"));
        print("first question, which loads all: %.2f s", begun);
        ask(recall, callers, seconds); // Compiled and warm, as a service is that has run for a while.
        print("at rest", ask(recall, callers, seconds));
        var stop = new AtomicBoolean();
        var writer = Executors.newSingleThreadExecutor();
        try {
            var written = writer.submit(() -> writeOn(memories, stop));
            print("while memories are written", ask(recall, callers, seconds));
            stop.set(true);
            System.out.printf("written meanwhile: %d%n", written.get(30, TimeUnit.SECONDS));
        } finally {
            writer.shutdownNow();
        }
    }

    private int writeOn(int from, AtomicBoolean stop) throws InterruptedException {
        var written = 0;
        while (!stop.get()) {
            longTerm.apply(List.of(episode(USER, from + written++)));
            Thread.sleep(BETWEEN_WRITES.toMillis()); // The pace of one who goes on writing.
        }
        return written;
    }

    /** How long each question took, in milliseconds. */
    private double[] ask(Recall recall, int callers, int seconds) throws Exception {
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        var pool = Executors.newFixedThreadPool(callers);
        try {
            var asked = new ArrayList<Future<List<Double>>>();
            for (int caller = 0; caller < callers; caller++) {
                var draws = new Random(caller);
                asked.add(pool.submit(() -> {
                    var took = new ArrayList<Double>();
                    while (System.nanoTime() < until) {
                        var text = "What did Ada say about " + question(draws) + "?";
                        var begun = System.nanoTime();
                        recall.recall(query(text));
                        took.add((System.nanoTime() - begun) / 1e6);
                    }
                    return took;
                }));
            }
            var all = new ArrayList<Double>();
            for (var one : asked) {
                all.addAll(one.get(seconds + 60L, TimeUnit.SECONDS));
            }
            return all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        } finally {
            pool.shutdownNow();
        }
    }

    private RecallQuery query(String text) {
        return new RecallQuery(
                USER,
                text,
                Optional.of(embedder.embed(text)),
                embedder.model(),
                10,
                ALL,
                Optional.empty(),
                OptionalInt.empty(),
                START);
    }

    private void write(UserKey user, int from, int count) {
        for (int n = from; n < from + count; n += BATCH) {
            var batch = new ArrayList<Episode>();
            for (int i = n; i < Math.min(from + count, n + BATCH); i++) {
                batch.add(episode(user, i));
            }
            longTerm.apply(batch);
        }
    }

    private synchronized Episode episode(UserKey user, int n) {
        var id = "i" + n;
        var at = START.plusSeconds(30L * n);
        return Episode.newBuilder()
                .setMemoryId(Ids.memory(user, id, Tier.EPISODIC.name(), "account"))
                .setNamespace(user.namespace())
                .setUserId(user.userId())
                .setSessionId("s" + n / TURNS_OF_A_SESSION)
                .setOccurredAt(at)
                .setRecordedAt(at)
                .setSources(List.of(new SourceRef(id, id + ":m")))
                .setReflector(ReflectorVersion.newBuilder()
                        .setName("bench")
                        .setVersion("1")
                        .build())
                .setEmbedding(new Embedding(MiniLmEmbedder.MODEL, Vectors.toBytes(vector())))
                .setSummary((n % 2 == 0 ? "Ada: \"" : "Eve: \"") + sentence(random, 18) + ".\"")
                .setParticipants(List.of(n % 2 == 0 ? "Ada" : "Eve"))
                .build();
    }

    private float[] vector() {
        var vector = new float[MiniLmEmbedder.DIMENSIONS];
        var length = 0.0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
            length += vector[i] * vector[i];
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(length);
        }
        return vector;
    }

    /** Few words are common and most are rare, as in a language. */
    private String sentence(Random draws, int length) {
        var sentence = new StringBuilder();
        for (int i = 0; i < length; i++) {
            var drawn = draws.nextDouble();
            sentence.append(i == 0 ? "" : " ").append(words.get((int) (words.size() * drawn * drawn * drawn)));
        }
        return sentence.toString();
    }

    private static String question(Random draws) {
        return draws.ints(4, 0, FREQUENT.length).mapToObj(i -> FREQUENT[i]).collect(Collectors.joining(" "));
    }

    private static List<String> words() {
        var letters = new Random(7);
        var words = new ArrayList<>(List.of(FREQUENT));
        while (words.size() < WORDS) {
            var word = new StringBuilder();
            for (int i = 0; i < 3 + letters.nextInt(7); i++) {
                word.append((char) ('a' + letters.nextInt(26)));
            }
            words.add(word.toString());
        }
        return words;
    }

    private static void print(String text, long begun) {
        System.out.printf(Locale.ROOT, text + "%n", (System.nanoTime() - begun) / 1e9);
    }

    private static void print(String name, double[] took) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d questions, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, worst %.1f ms, mean %.1f ms%n",
                name,
                took.length,
                took[took.length / 2],
                took[(int) (took.length * 0.95)],
                took[(int) (took.length * 0.99)],
                took[took.length - 1],
                Arrays.stream(took).average().orElse(0));
    }

    private static int number(String[] args, int index, int otherwise) {
        return args.length > index ? Integer.parseInt(args[index]) : otherwise;
    }
}
