package io.memoryreflector.store.projection;

import java.util.concurrent.CompletionStage;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.BaseSession;
import org.neo4j.driver.BookmarkManager;
import org.neo4j.driver.Driver;
import org.neo4j.driver.ExecutableQuery;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;

/**
 * A driver whose statements are about one generation of the graph: a given one, or the one in use. Every write asks inside
 * of its transaction which that is; reads ask twice a second, so for so long after a switch they see the one before. Carries
 * what the stores need: sessions that wait, with managed transactions and statements that commit by themselves. All else is
 * refused, since it would reach the graph in the words of the first generation. Thread-safe.
 */
public final class GraphDriver implements Driver {

    private final Driver raw;
    private final GenerationInUse inUse;

    private GraphDriver(Driver raw, GenerationInUse inUse) {
        this.raw = raw;
        this.inUse = inUse;
    }

    /** Follows the generation in use. */
    public static Driver following(Driver raw) {
        return new GraphDriver(raw, GenerationInUse.followed());
    }

    /** Stays with one generation. */
    public static Driver pinned(Driver raw, Generation generation) {
        return new GraphDriver(raw, GenerationInUse.always(generation));
    }

    /** The driver below, whose statements are run as they are. */
    public static Driver raw(Driver driver) {
        return driver instanceof GraphDriver graph ? graph.raw : driver;
    }

    /** All other ways to a session end here. */
    @Override
    public <T extends BaseSession> T session(Class<T> type, SessionConfig config, AuthToken token) {
        if (type != Session.class) {
            throw new UnsupportedOperationException("sessions of the graph are those that wait");
        }
        return type.cast(
                new GraphSession(raw.session(Session.class, config, token), inUse, config.defaultAccessMode()));
    }

    @Override
    public ExecutableQuery executableQuery(String query) {
        throw new UnsupportedOperationException("statements of the graph run in sessions");
    }

    @Override
    public BookmarkManager executableQueryBookmarkManager() {
        return raw.executableQueryBookmarkManager();
    }

    @Override
    public boolean isEncrypted() {
        return raw.isEncrypted();
    }

    @Override
    public void close() {
        raw.close();
    }

    @Override
    public CompletionStage<Void> closeAsync() {
        return raw.closeAsync();
    }

    @Override
    public void verifyConnectivity() {
        raw.verifyConnectivity();
    }

    @Override
    public CompletionStage<Void> verifyConnectivityAsync() {
        return raw.verifyConnectivityAsync();
    }

    @Override
    public boolean verifyAuthentication(AuthToken token) {
        return raw.verifyAuthentication(token);
    }

    @Override
    public boolean supportsSessionAuth() {
        return raw.supportsSessionAuth();
    }

    @Override
    public boolean supportsMultiDb() {
        return raw.supportsMultiDb();
    }

    @Override
    public CompletionStage<Boolean> supportsMultiDbAsync() {
        return raw.supportsMultiDbAsync();
    }
}
