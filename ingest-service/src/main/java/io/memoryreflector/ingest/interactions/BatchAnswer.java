package io.memoryreflector.ingest.interactions;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * What became of each item of a batch.
 *
 * @param accepted how many are in, duplicates included
 * @param rejected how many are not
 * @param items one for each item, in order
 */
record BatchAnswer(int accepted, int rejected, List<Item> items) {

    /**
     * @param index position in the batch, from 0
     * @param code the status that the item would have had alone
     * @param answer where it is in
     * @param problem where it is not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(int index, int code, InteractionAnswer answer, ProblemDetail problem) {}

    boolean allUnavailable() {
        return items.stream().allMatch(item -> item.code == HttpStatus.SERVICE_UNAVAILABLE.value());
    }

    static BatchAnswer of(List<Item> items) {
        var accepted = (int) items.stream().filter(item -> item.answer != null).count();
        return new BatchAnswer(accepted, items.size() - accepted, items);
    }
}
