package io.memoryreflector.systemtests.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** What the stub was asked: the newest calls, and counts over all of them. Thread-safe. */
public final class CallLog {

    private static final int KEPT = 200_000;

    private final Deque<Call> calls = new ArrayDeque<>();
    private final Map<String, Long> byTier = new TreeMap<>();
    private final Map<String, Long> byOutcome = new TreeMap<>();
    private long number;
    private long chat;
    private long embeddings;
    private long repairs;
    private long interactions;
    private long inputTokens;
    private long outputTokens;
    private int underWay;
    private int mostUnderWay;

    /** The newest calls, oldest first: all of them while there are no more than 200 000. */
    public synchronized List<Call> calls() {
        return new ArrayList<>(calls);
    }

    /** Chat requests since the last {@link #clear()}. */
    public synchronized long chats() {
        return chat;
    }

    /** Most chat requests that waited for their answers at once. */
    public synchronized int mostUnderWay() {
        return mostUnderWay;
    }

    /** Forgets everything but what is under way. */
    public synchronized void clear() {
        calls.clear();
        byTier.clear();
        byOutcome.clear();
        chat = 0;
        embeddings = 0;
        repairs = 0;
        interactions = 0;
        inputTokens = 0;
        outputTokens = 0;
        mostUnderWay = underWay;
    }

    synchronized void add(LongFunction<Call> made) {
        number++;
        var call = made.apply(number);
        calls.addLast(call);
        if (calls.size() > KEPT) {
            calls.removeFirst();
        }
        inputTokens += call.inputTokens();
        outputTokens += call.outputTokens();
        byOutcome.merge(call.outcome().json(), 1L, Long::sum);
        if (call.endpoint() == Call.Endpoint.CHAT) {
            chat++;
            repairs += call.repair() ? 1 : 0;
            interactions += call.texts().size();
            byTier.merge(call.tier(), 1L, Long::sum);
        } else {
            embeddings++;
        }
    }

    synchronized void begun() {
        underWay++;
        mostUnderWay = Math.max(mostUnderWay, underWay);
    }

    synchronized void ended() {
        underWay--;
    }

    /** As JSON, with so many of the newest calls. */
    synchronized Map<String, Object> view(int limit) {
        var totals = new LinkedHashMap<String, Object>();
        totals.put("chat", chat);
        totals.put("embeddings", embeddings);
        totals.put("repairs", repairs);
        totals.put("interactions", interactions);
        totals.put("input_tokens", inputTokens);
        totals.put("output_tokens", outputTokens);
        totals.put("under_way", underWay);
        totals.put("most_under_way", mostUnderWay);
        totals.put("by_tier", new TreeMap<>(byTier));
        totals.put("by_outcome", new TreeMap<>(byOutcome));
        var newest = calls.stream()
                .skip(Math.max(0, calls.size() - limit))
                .map(CallLog::view)
                .toList();
        return Map.of("totals", totals, "calls", newest);
    }

    private static Map<String, Object> view(Call call) {
        var view = new LinkedHashMap<String, Object>();
        view.put("number", call.number());
        view.put("at", call.at().toString());
        view.put("endpoint", call.endpoint().name().toLowerCase(Locale.ROOT));
        view.put("model", call.model());
        view.put("tier", call.tier());
        view.put("texts", call.texts());
        view.put("repair", call.repair());
        view.put("known", call.known());
        view.put("outcome", call.outcome().json());
        view.put("input_tokens", call.inputTokens());
        view.put("output_tokens", call.outputTokens());
        return view;
    }
}
