package io.memoryreflector.streams;

import io.memoryreflector.reflection.Reflector;
import io.memoryreflector.reflection.embedding.MiniLmEmbedder;
import io.memoryreflector.reflection.model.ModelReflectors;
import io.memoryreflector.reflection.model.ModelSettings;
import io.memoryreflector.reflection.offline.OfflineReflectors;
import io.memoryreflector.reflection.session.SessionReflector;
import io.memoryreflector.schemas.UserKey;
import io.memoryreflector.streams.admission.Admission;
import io.memoryreflector.streams.admission.DailyBudgets;
import io.memoryreflector.streams.admission.ModelAdmission;
import io.memoryreflector.streams.admission.RateLimit;
import io.memoryreflector.streams.admission.SpentTokens;
import io.memoryreflector.streams.admission.SpentTokensFeed;
import io.memoryreflector.streams.admission.TotalBudget;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The reflectors that the settings ask for, and who lets them call. Thread-safe.
 *
 * @param byTier one for each tier
 * @param model where they are a model's
 * @param feed where namespaces have budgets, or a shadow has one
 */
record Reflectors(
        List<Reflector<?>> byTier, Admission admission, Optional<ModelReflectors> model, Optional<SpentTokensFeed> feed)
        implements AutoCloseable {

    static Reflectors of(ReflectorSettings settings, MeterRegistry metrics) {
        return settings.model().map(model -> ofModel(model, settings, metrics)).orElseGet(Reflectors::offline);
    }

    private static Reflectors offline() {
        var offline = OfflineReflectors.with(new MiniLmEmbedder());
        return new Reflectors(
                List.of(offline.episodic(), offline.semantic(), offline.procedural()),
                Admission.UNLIMITED,
                Optional.empty(),
                Optional.empty());
    }

    private static Reflectors ofModel(ModelSettings model, ReflectorSettings settings, MeterRegistry metrics) {
        var clock = Clock.systemUTC();
        var reflectors = ModelReflectors.of(model, settings.timeout(), metrics, clock);
        var spent = new SpentTokens(metrics, clock);
        var total = settings.shadow().map(shadow -> new TotalBudget(shadow.tokens(), metrics));
        var feed = feed(settings, spent, total, clock);
        var admission = new ModelAdmission(
                new RateLimit(settings.requestsPerMinute(), settings.tokensPerMinute()),
                new DailyBudgets(settings.dailyTokens(), spent),
                () -> feed.map(SpentTokensFeed::isCaughtUp).orElse(true));
        return new Reflectors(
                List.of(reflectors.episodic(), reflectors.semantic(), reflectors.procedural()),
                total.map(budget -> budget.before(admission)).orElse(admission),
                Optional.of(reflectors),
                feed);
    }

    private static Optional<SpentTokensFeed> feed(
            ReflectorSettings settings, SpentTokens spent, Optional<TotalBudget> total, Clock clock) {
        if (settings.shadow().isPresent()) {
            return Optional.of(SpentTokensFeed.ofShadow(
                    settings.kafka(), settings.serdes(), settings.shadow().get().shadow(), spent, total.orElseThrow()));
        }
        return settings.dailyTokens().isEmpty()
                ? Optional.empty()
                : Optional.of(SpentTokensFeed.ofToday(settings.kafka(), settings.serdes(), spent, clock));
    }

    /** Loads what takes a while to load; asks no endpoint. */
    void warmUp() {
        var embedder = model.map(ModelReflectors::embedder).orElseGet(MiniLmEmbedder::new);
        if (embedder instanceof MiniLmEmbedder inProcess) {
            inProcess.embed("ready");
        }
    }

    /** What tells sessions in its own words, where a model reflects. */
    Optional<SessionReflector> sessions() {
        return model.map(ModelReflectors::sessions);
    }

    /** Begins to read what has been spent; the topics have to be there. */
    void start() {
        feed.ifPresent(SpentTokensFeed::start);
    }

    /** Drops what is held in memory of a user's texts. */
    void forget(UserKey user) {
        model.ifPresent(reflectors -> reflectors.forget(user));
    }

    @Override
    public void close() {
        feed.ifPresent(SpentTokensFeed::close);
        model.ifPresent(ModelReflectors::close);
        byTier.forEach(Reflector::close);
    }
}
