package io.memoryreflector.ingest.deadletters;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.memoryreflector.events.ErrorInfo;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import tools.jackson.databind.JsonNode;

/** A whole dead letter. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LetterAnswer(
        @JsonUnwrapped LetterSummary summary,
        Bytes key,
        Value value,
        List<NamedBytes> headers,
        String stackTrace,
        List<Step> history,
        List<Deed> actions) {

    /** Bytes as they are, and as text where they are UTF-8. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Bytes(String text, String base64) {

        static Bytes of(byte[] bytes) {
            return bytes == null ? null : new Bytes(asText(bytes), inBase64(bytes));
        }
    }

    /**
     * The value, raw and read.
     *
     * @param size in bytes
     * @param decoded by the schema that wrote it; left out where that cannot be
     * @param decodeError why it cannot be
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Value(
            String base64,
            int size,

            @Schema(description = "As JSON: unions unwrapped, bytes in base64, times in ISO-8601", type = "object")
            JsonNode decoded,

            String decodeError) {}

    /** A header of the original record. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NamedBytes(String key, String text, String base64) {

        static NamedBytes of(Header header) {
            var bytes = header.value();
            return new NamedBytes(
                    header.key(), bytes == null ? null : asText(bytes), bytes == null ? null : inBase64(bytes));
        }
    }

    /** A failure of a time that it was parked before. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Step(String kind, String errorClass, String message, Instant at) {

        static Step of(ErrorInfo error) {
            return new Step(error.getKind(), error.getErrorClass(), error.getMessage(), error.getAt());
        }

        static Step of(Failure failure) {
            return new Step(failure.kind(), failure.errorClass(), failure.message(), failure.lastAt());
        }
    }

    /** What an operator did. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Deed(
            @Schema(allowableValues = {"replayed", "discarded"})
            String action,

            String jobId,
            Instant at,
            boolean transformed,
            String reason) {

        static Deed of(Action action) {
            return new Deed(
                    action.state().name().toLowerCase(Locale.ROOT),
                    action.jobId(),
                    action.at(),
                    action.transformed(),
                    action.reason());
        }
    }

    static LetterAnswer of(Entry entry, Letter letter, Value value) {
        var told = letter instanceof Letter.Processed processed
                ? processed.event().getHistory().stream().map(Step::of).toList()
                : List.<Step>of();
        var history = told.isEmpty() ? entry.earlier().stream().map(Step::of).toList() : told;
        return new LetterAnswer(
                LetterSummary.of(entry),
                Bytes.of(letter.original().key()),
                value,
                letter.original().headers().stream().map(NamedBytes::of).toList(),
                letter.stackTrace().orElse(null),
                history,
                entry.actions().stream().map(Deed::of).toList());
    }

    static String inBase64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String asText(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
