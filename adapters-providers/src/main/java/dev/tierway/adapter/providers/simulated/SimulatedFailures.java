package dev.tierway.adapter.providers.simulated;

import dev.tierway.adapter.providers.http.Redactor;
import dev.tierway.adapter.providers.http.RetryAfter;
import dev.tierway.adapter.providers.simulated.SimulatedFault.Effect;
import dev.tierway.adapter.providers.wire.ErrorClassifier;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a fault comes to without a socket: classified as the same fault over HTTP would be. */
final class SimulatedFailures {
    private static final ErrorClassifier ERRORS = new ErrorClassifier(new Redactor(List.of()));

    private SimulatedFailures() {}

    /** @param nowEpochMillis what a date in {@code retry-after} is compared with */
    static Failure refusal(ScriptedFault fault, long nowEpochMillis) {
        return ERRORS.refusal(
                fault.status(),
                errorBody(fault).getBytes(StandardCharsets.UTF_8),
                RetryAfter.millis(headers(fault.headers()), nowEpochMillis),
                nowEpochMillis);
    }

    /** Header lines as a client reads them. */
    static MultiMap headers(List<String> lines) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String line : lines) {
            int colon = line.indexOf(':');
            headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** The reply stops: a transport's failure before the first token, a broken stream after it. */
    static Failure stopped(Effect effect, boolean begun, TokenUsage seen) {
        if (begun) {
            return new Failure(
                    FailureClass.STREAM_BROKEN,
                    Failure.Scope.REPLICA,
                    Processed.YES,
                    null,
                    null,
                    seen,
                    "simulated: the stream broke");
        }
        return effect == Effect.CUT
                ? Failure.of(FailureClass.TRANSPORT, Processed.UNKNOWN, "simulated: the connection was closed")
                : Failure.of(FailureClass.UPSTREAM_FAULT, Processed.UNKNOWN, "simulated: the reply made no sense");
    }

    /** OpenAI's error object for a fault. */
    static String errorBody(ScriptedFault fault) {
        String code = fault.code().isEmpty() ? usualCode(fault.status()) : fault.code();
        String kind = fault.fault() == SimulatedFault.STATUS ? "status " + fault.status() : name(fault.fault());
        return "{\"error\":{\"message\":\"simulated: " + kind
                + "\",\"type\":\"simulated_error\",\"param\":null,\"code\":\"" + code + "\"}}";
    }

    private static String name(SimulatedFault fault) {
        return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String usualCode(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            default -> status >= 500 ? "server_error" : "invalid_request";
        };
    }
}
