package io.memoryreflector.streams.deadletter;

import io.memoryreflector.events.DeadLetter;
import io.memoryreflector.events.ErrorInfo;
import io.memoryreflector.events.ReflectionTask;
import io.memoryreflector.schemas.Ids;
import io.memoryreflector.state.PendingTask;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Makes dead letters of records that a lane or the intake gives up. Pure. */
public final class DeadLetters {

    /** Longest stack trace, in characters. */
    static final int MAX_STACK_TRACE = 8 * 1024;

    private DeadLetters() {}

    /** Of a task: the whole record, its history and the last error. */
    public static DeadLetter of(
            PendingTask origin, ReflectionTask task, String reason, ErrorInfo last, Throwable error) {
        return whole(origin, reason, last, error)
                .setTier(task.getTier())
                .setInteractionId(task.getInteractionId())
                .setNamespace(task.getNamespace())
                .setUserId(task.getUserId())
                .setAttempts(task.getAttempt() + 1)
                .setFirstFailure(task.getFirstError() == null ? last : task.getFirstError())
                .build();
    }

    /** Of a record that was refused before anything was tried. */
    public static DeadLetter refused(PendingTask origin, Instant now, RuntimeException error) {
        return whole(origin, "permanent", errorInfo("permanent", error, now), error)
                .build();
    }

    /** The failure as it is kept in tasks, status and dead letters. */
    public static ErrorInfo errorInfo(String kind, Throwable error, Instant at) {
        return ErrorInfo.newBuilder()
                .setKind(kind)
                .setErrorClass(error.getClass().getName())
                .setMessage(error.getMessage())
                .setAt(at)
                .build();
    }

    private static DeadLetter.Builder whole(PendingTask origin, String reason, ErrorInfo last, Throwable error) {
        return DeadLetter.newBuilder()
                .setDeadLetterId(Replays.deadLetterId(origin.getHeaders()).orElseGet(() -> id(origin)))
                .setSourceTopic(origin.getSourceTopic())
                .setSourcePartition(origin.getSourcePartition())
                .setSourceOffset(origin.getSourceOffset())
                .setSourceTimestamp(Instant.ofEpochMilli(origin.getSourceTimestamp()))
                .setOriginalKey(
                        origin.getRecordKey() == null
                                ? null
                                : ByteBuffer.wrap(origin.getRecordKey().getBytes(StandardCharsets.UTF_8)))
                .setOriginalValue(origin.getValue())
                .setOriginalHeaders(origin.getHeaders())
                .setReason(reason)
                .setLastFailure(last)
                .setStackTrace(stackTrace(error));
    }

    private static String id(PendingTask origin) {
        return Ids.nameBased(
                "dead-letter",
                origin.getSourceTopic(),
                Integer.toString(origin.getSourcePartition()),
                Long.toString(origin.getSourceOffset()));
    }

    private static String stackTrace(Throwable error) {
        var text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.getBuffer().substring(0, Math.min(text.getBuffer().length(), MAX_STACK_TRACE));
    }
}
