package io.memoryreflector.reflection.session;

import io.memoryreflector.events.SessionSummary;
import java.util.List;

/**
 * A session that is to be told in short.
 *
 * @param extract what stands in the place of its summary; the answer is this one in other words
 * @param lines its memories, in any order, at least one
 * @param tokens the most that their texts may take of a prompt, about
 */
public record SessionRequest(SessionSummary extract, List<SessionLine> lines, int tokens) {}
