package dev.tierway.adapter.http.server;

import dev.tierway.application.error.TierwayException;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.error.UnknownReplicaException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An error as clients see it, in OpenAI's shape with the decision's id added.
 *
 * @param decision where to look up why; null if nothing was decided
 * @param retryAfter when the same request may work; null if unknown
 * @param retryable whether the same request may work at all
 * @param allow the methods that would have been right; null unless the method was wrong
 */
public record ErrorReply(
        int status,
        String code,
        String message,
        @Nullable String param,
        @Nullable String decision,
        @Nullable Duration retryAfter,
        boolean retryable,
        @Nullable String allow) {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorReply.class);
    private static final CharSequence SHOULD_RETRY = HttpHeaders.createOptimized("x-should-retry");

    /** What a client is told about something that was thrown; what it isn't told is logged. */
    public static ErrorReply of(Throwable problem, String requestId) {
        if (problem instanceof HttpProblem ours) {
            boolean retryable = ours.status() == 503 || ours.status() == 408;
            return new ErrorReply(
                    ours.status(), ours.code(), ours.text(), ours.param(), null, null, retryable, ours.allow());
        }
        if (problem instanceof TierwayException known) {
            return of(known);
        }
        LOG.atError().addKeyValue("request_id", requestId).setCause(problem).log("request failed");
        String message = "Tierway failed; its log says more under request id " + requestId + ".";
        return new ErrorReply(500, "internal_error", message, null, null, null, false, null);
    }

    public static ErrorReply of(TierwayException problem) {
        boolean name = problem instanceof UnknownModelException || problem instanceof UnknownReplicaException;
        return new ErrorReply(
                problem.httpStatus(),
                problem.code(),
                String.valueOf(problem.getMessage()),
                name ? "model" : null,
                problem.selection().map(s -> s.identity().callId()).orElse(null),
                problem.retryAfter().orElse(null),
                problem.retryable(),
                null);
    }

    /** The body. */
    public byte[] json() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("type", type(status));
        error.put("param", param);
        error.put("code", code);
        error.put("decision", decision);
        return Json.bytes(Map.of("error", error));
    }

    void putHeaders(MultiMap headers) {
        if (allow != null) {
            headers.set(HttpHeaders.ALLOW, allow);
        }
        if (retryAfter != null) {
            long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        if (!retryable) {
            headers.set(SHOULD_RETRY, "false");
        }
    }

    /** OpenAI's name of the kind of error: its clients choose their exception by it or by the status. */
    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "insufficient_quota";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }
}
