package io.memoryreflector.ingest.shadows;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.memoryreflector.events.ShadowAction;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * How a shadow stands.
 *
 * @param running whether a reflector of it is there
 * @param interactionsBehind interactions of the log that it has not taken up
 * @param tasksPending that are taken up and not settled
 * @param counted false while tasks_pending and tokens_spent are still being counted
 * @param tokensSpent of models, in all its time
 * @param lastAction left out where there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShadowAnswer(
        String shadow,
        boolean running,
        long interactions,
        long interactionsBehind,
        long tasksPending,
        boolean counted,
        long tokensSpent,
        long deadLetters,
        ActionAnswer lastAction,
        Map<String, String> links) {

    static ShadowAnswer of(Shadows.Standing standing) {
        var name = standing.shadow().name();
        return new ShadowAnswer(
                name,
                standing.place().running(),
                standing.place().interactions(),
                standing.place().behind(),
                standing.sum().tasksPending(),
                standing.sum().complete(),
                standing.sum().tokens(),
                standing.place().deadLetters(),
                standing.lastAction().map(ActionAnswer::of).orElse(null),
                links(name));
    }

    private static Map<String, String> links(String name) {
        return Map.of("shadow", "/api/v1/shadows/" + name, "comparison", "/api/v1/shadows/" + name + "/comparison");
    }

    /**
     * What was last done with a shadow, and how far that is.
     *
     * @param kept tiers of interactions that stay as they are because a person has deleted or changed a memory of them
     * @param waiting tiers of interactions that stay as they are because one of the two reflectors has not ended with them
     * @param error what it failed of; left out without one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ActionAnswer(
            String actionId,
            String shadow,

            @Schema(allowableValues = {"promote", "abandon"})
            String action,

            @Schema(allowableValues = {"running", "done", "failed"})
            String state,

            String by,
            Instant begunAt,
            Instant endedAt,
            long usersDone,
            long usersTotal,
            long memoriesAdded,
            long memoriesRetired,
            long kept,
            long waiting,
            String error,
            Map<String, String> links) {

        static ActionAnswer of(ShadowAction action) {
            var state = action.getState().name().toLowerCase(Locale.ROOT);
            return new ActionAnswer(
                    action.getActionId(),
                    action.getShadow(),
                    action.getKind().name().toLowerCase(Locale.ROOT),
                    state,
                    action.getBy(),
                    action.getBegunAt(),
                    state.equals("running") ? null : action.getAt(),
                    action.getUsersDone(),
                    action.getUsers(),
                    action.getAdded(),
                    action.getRetired(),
                    action.getKept(),
                    action.getWaiting(),
                    action.getError(),
                    Map.of("shadow", "/api/v1/shadows/" + action.getShadow()));
        }
    }

    /** What was taken away. */
    record RemovedAnswer(String shadow, int topicsDeleted, int subjectsDeleted) {}
}
