package io.memoryreflector.reflection.model;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.memoryreflector.reflection.model.http.Deadline;
import io.memoryreflector.reflection.model.http.Exchanges;
import io.memoryreflector.reflection.model.http.NoAnswer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the chat endpoint, and finds out what it takes of the protocol on the way. Thread-safe; a question blocks its
 * thread.
 */
final class Chat {

    private static final Logger LOG = LoggerFactory.getLogger(Chat.class);

    private static final int MOST_BYTES = 8 * 1024 * 1024;

    /** All of an answer but what the model writes. */
    private static final int FRAME_BYTES = 1024 * 1024;

    /** Far more than any token is long, escaped. */
    private static final long BYTES_PER_TOKEN = 64;

    private final ModelSettings settings;
    private final int mostBytes;
    private final Exchanges exchanges;
    private final AtomicReference<Dialect> dialect;
    private final Map<Dialect, OpenAiChatModel> models = new ConcurrentHashMap<>();

    Chat(ModelSettings settings, Exchanges exchanges) {
        this.settings = settings;
        // Hundreds of calls are in flight, and an endpoint gone wrong may fill all their buffers at once.
        mostBytes = (int) Math.min(MOST_BYTES, FRAME_BYTES + BYTES_PER_TOKEN * settings.maxOutputTokens());
        this.exchanges = exchanges;
        dialect = new AtomicReference<>(Dialect.first(settings));
    }

    /**
     * Asks once. What the endpoint refuses of the dialect is left out and asked again, a few times at most.
     *
     * @param messages the first of them the system's
     * @param bill where each request is written down
     * @throws RuntimeException as {@link ModelFailures} reads it
     */
    Reply ask(List<ChatMessage> messages, AnswerSchema schema, Deadline deadline, Bill bill) {
        var known = dialect.get();
        var tried = known;
        while (true) {
            try {
                var reply = ask(messages, schema, tried, deadline, bill);
                learn(known, tried);
                return reply;
            } catch (RuntimeException e) {
                var next = ModelFailures.httpFailure(e).flatMap(tried::after);
                if (next.isEmpty()) {
                    throw e;
                }
                tried = next.get();
            }
        }
    }

    private void learn(Dialect known, Dialect tried) {
        if (!tried.equals(known) && dialect.compareAndSet(known, tried)) {
            LOG.info("the model endpoint does not take all of the protocol: from now on it is asked in {}", tried);
        }
    }

    private Reply ask(List<ChatMessage> messages, AnswerSchema schema, Dialect tried, Deadline deadline, Bill bill) {
        var call = exchanges.until(deadline, mostBytes);
        try {
            var model = models.computeIfAbsent(tried, this::model);
            var response = call.with(() -> model.chat(request(messages, schema, tried)));
            var reply = Reply.of(response, messages);
            bill.answered(call.requests(), reply);
            return reply;
        } catch (RuntimeException e) {
            var error = ModelFailures.isTheEndpoints(e) ? e : NoAnswer.unreadable(e);
            bill.failed(call.requests(), error, Reply.estimate(messages));
            throw error;
        } finally {
            if (call.requests() > 1) {
                bill.hedged();
            }
        }
    }

    private OpenAiChatModel model(Dialect tried) {
        var endpoint = settings.endpoint();
        var model = OpenAiChatModel.builder()
                .httpClientBuilder(exchanges.client())
                .baseUrl(endpoint.baseUrl().toString())
                .apiKey(endpoint.bearer().orElse(null))
                .customHeaders(endpoint.headers())
                .customQueryParams(endpoint.query())
                .modelName(settings.model())
                .strictJsonSchema(true)
                .maxRetries(0);
        switch (tried.tokenLimit()) {
            case MAX_TOKENS -> model.maxTokens(settings.maxOutputTokens());
            case MAX_COMPLETION_TOKENS -> model.maxCompletionTokens(settings.maxOutputTokens());
        }
        if (tried.temperature()) {
            model.temperature(settings.temperature().orElseThrow());
        }
        return model.build();
    }

    private static ChatRequest request(List<ChatMessage> messages, AnswerSchema schema, Dialect tried) {
        var request = ChatRequest.builder();
        if (tried.output() == StructuredOutput.JSON_SCHEMA) {
            return request.messages(messages).responseFormat(format(schema)).build();
        }
        var told = messages.stream()
                .map(message -> message instanceof SystemMessage system ? withSchema(system, schema) : message)
                .toList();
        return tried.output() == StructuredOutput.JSON_OBJECT
                ? request.messages(told).responseFormat(ResponseFormat.JSON).build()
                : request.messages(told).build();
    }

    private static ResponseFormat format(AnswerSchema schema) {
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name(schema.name())
                        .rootElement(JsonRawSchema.from(schema.text()))
                        .build())
                .build();
    }

    private static ChatMessage withSchema(SystemMessage system, AnswerSchema schema) {
        return SystemMessage.from(
                system.text() + "\nThe answer is one JSON object that fits this JSON schema:\n" + schema.text() + "\n");
    }
}
