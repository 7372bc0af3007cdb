package io.memoryreflector.systemtests.eval;

import java.util.Set;

/** Messages as the plain baselines rank them. Pure. */
final class Messages {

    private Messages() {}

    /** With the name of who speaks, as a chat shows it: that is the stronger baseline. */
    static String text(LabelledConversation.Turn turn) {
        return turn.speaker() + ": " + turn.text();
    }

    static RankedItem item(LabelledConversation.Turn turn) {
        return RankedItem.of(Set.of(turn.messageId()), text(turn));
    }
}
