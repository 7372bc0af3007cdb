package io.memoryreflector.reflection.model;

import io.memoryreflector.reflection.session.SessionLine;
import java.util.List;

/**
 * A session that a model is asked to tell in short. In a request its memories are called M1, M2 and so on.
 *
 * @param lines oldest first, at least one
 */
record SessionQuestion(String namespace, List<SessionLine> lines) {}
