package io.memoryreflector.reflection.model;

import io.memoryreflector.reflection.session.SessionLine;
import java.util.List;

/**
 * A session in a model's words.
 *
 * @param from the memories that it rests on, oldest first, at least one
 */
record ToldSession(String summary, List<SessionLine> from) {}
