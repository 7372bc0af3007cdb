package io.memoryreflector.ingest.interactions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * What became of each item of a batch.
 *
 * @param accepted how many are in, duplicates included
 * @param rejected how many are not
 * @param items one for each item, in order
 */
public record BatchAnswer(int accepted, int rejected, List<Item> items) {

    /**
     * @param index position in the batch, from 0
     * @param code the status that the item would have had alone
     * @param answer where it is in
     * @param problem where it is not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "BatchItem")
    public record Item(
            int index,
            int code,
            InteractionAnswer answer,
            @Schema(ref = "#/components/schemas/Problem") ProblemDetail problem) {

        /** The same, once it is known what became of it. */
        CompletableFuture<Item> reflected(Waits waits, Duration patience) {
            if (answer == null) {
                return CompletableFuture.completedFuture(this);
            }
            return waits.reflected(answer.interactionId(), patience)
                    .thenApply(outcome -> new Item(index, code, answer.reflected(outcome), null));
        }
    }

    /** The same, once it is known what became of each. */
    CompletableFuture<BatchAnswer> reflected(Waits waits, Duration patience) {
        var waiting =
                items.stream().map(item -> item.reflected(waits, patience)).toList();
        return CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new))
                .thenApply(
                        done -> of(waiting.stream().map(CompletableFuture::join).toList()));
    }

    boolean allUnavailable() {
        return items.stream().allMatch(item -> item.code == HttpStatus.SERVICE_UNAVAILABLE.value());
    }

    static BatchAnswer of(List<Item> items) {
        var accepted = (int) items.stream().filter(item -> item.answer != null).count();
        return new BatchAnswer(accepted, items.size() - accepted, items);
    }
}
