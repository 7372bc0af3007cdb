package io.memoryreflector.reflection.model;

import io.memoryreflector.events.Episode;
import io.memoryreflector.events.Fact;
import io.memoryreflector.events.Procedure;
import io.memoryreflector.events.ReflectorVersion;
import io.memoryreflector.events.Tier;
import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.reflection.embedding.Embedder;
import io.memoryreflector.reflection.model.http.Exchanges;
import io.memoryreflector.reflection.session.SessionReflector;
import io.memoryreflector.schemas.UserKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;

/**
 * The reflectors of the three tiers that ask a model, and what they share: connections, answers, an embedder.
 *
 * <p>Thread-safe. Closing it ends every call in flight; each of them then fails as one that may be tried again.
 */
public final class ModelReflectors implements AutoCloseable {

    /** Name in the {@code reflector} field of every memory made here. */
    public static final String NAME = "openai";

    /** A reflection ends by itself a little before its caller gives it up. */
    private static final double SHARE_OF_TIMEOUT = 0.95;

    private final Exchanges exchanges;
    private final Answers answers;
    private final SessionReflector sessions;
    private final Embedder embedder;
    private final Reflector<Episode> episodic;
    private final Reflector<Fact> semantic;
    private final Reflector<Procedure> procedural;

    private ModelReflectors(
            ReflectorVersion version,
            Exchanges exchanges,
            Answers answers,
            SessionReflector sessions,
            Embedder embedder) {
        this.exchanges = exchanges;
        this.sessions = sessions;
        this.answers = answers;
        this.embedder = embedder;
        episodic = new ModelReflector<>(Tier.EPISODIC, version, new EpisodeMaker(), answers);
        semantic = new ModelReflector<>(Tier.SEMANTIC, version, new FactMaker(), answers);
        procedural = new ModelReflector<>(Tier.PROCEDURAL, version, new ProcedureMaker(), answers);
    }

    /**
     * Reflectors with an embedder of their own.
     *
     * @param timeout {@code REFLECTION_TIMEOUT}; a reflection, its repair and vectors included, takes a little less
     * @param registry for what calls and tokens there were
     * @param clock for dates in answers
     */
    public static ModelReflectors of(ModelSettings settings, Duration timeout, MeterRegistry registry, Clock clock) {
        var within = Duration.ofNanos((long) (timeout.toNanos() * SHARE_OF_TIMEOUT));
        var exchanges = Embedders.exchanges(settings.endpoint(), within, settings.hedgeAfter(), clock);
        var embedder = Embedders.from(settings.endpoint(), within, exchanges, registry);
        var version = new ReflectorVersion(NAME, Prompts.VERSION, settings.model());
        var interview = new Interview(new Chat(settings, exchanges), new Prompts(settings.redactions()));
        var metrics = new ModelMetrics(registry, settings.model(), settings.inputPrice(), settings.outputPrice());
        var answers = new Answers(
                interview,
                TimedEmbedder.of(embedder),
                new AnswerCache(settings.cacheEntries(), Prompts.VERSION + " " + settings.model()),
                metrics,
                settings.shareCalls(),
                within);
        var sessions = new ModelSessionReflector(version, interview, metrics, within);
        return new ModelReflectors(version, exchanges, answers, sessions, embedder);
    }

    /** Drops the answers that are kept of what a user said. */
    public void forget(UserKey user) {
        answers.forget(user);
    }

    /** What happened. */
    public Reflector<Episode> episodic() {
        return episodic;
    }

    /** What is true. */
    public Reflector<Fact> semantic() {
        return semantic;
    }

    /** How the user wants things done. */
    public Reflector<Procedure> procedural() {
        return procedural;
    }

    /** Sessions in short. */
    public SessionReflector sessions() {
        return sessions;
    }

    /** What makes the vectors of their memories. */
    public Embedder embedder() {
        return embedder;
    }

    @Override
    public void close() {
        exchanges.close();
    }
}
