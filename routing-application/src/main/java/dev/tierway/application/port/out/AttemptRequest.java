package dev.tierway.application.port.out;

import dev.tierway.domain.call.AttemptClocks;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.Replica;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one replica.
 *
 * @param inputEstimate input tokens expected, for usage the vendor doesn't report
 * @param via who handed the call on, and that we do: the header {@code via}; null if it isn't said
 * @param modelMaxOutput most tokens the model writes, for vendors that must be told; null if unknown
 * @param headers of the request upstream, beside those that vendor and gateway need; names in lower case
 */
public record AttemptRequest(
        AttemptId attempt,
        String requestId,
        Replica replica,
        Payload payload,
        boolean stream,
        long inputEstimate,
        @Nullable Integer modelMaxOutput,
        AttemptClocks clocks,
        @Nullable String via,
        Map<String, String> headers) {
    public AttemptRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Without headers of its own. */
    public AttemptRequest(
            AttemptId attempt,
            String requestId,
            Replica replica,
            Payload payload,
            boolean stream,
            long inputEstimate,
            @Nullable Integer modelMaxOutput,
            AttemptClocks clocks,
            @Nullable String via) {
        this(attempt, requestId, replica, payload, stream, inputEstimate, modelMaxOutput, clocks, via, Map.of());
    }

    /** Of a call that nobody handed on. */
    public AttemptRequest(
            AttemptId attempt,
            String requestId,
            Replica replica,
            Payload payload,
            boolean stream,
            long inputEstimate,
            @Nullable Integer modelMaxOutput,
            AttemptClocks clocks) {
        this(attempt, requestId, replica, payload, stream, inputEstimate, modelMaxOutput, clocks, null);
    }

    /** At a model whose cap isn't known. */
    public AttemptRequest(
            AttemptId attempt,
            String requestId,
            Replica replica,
            Payload payload,
            boolean stream,
            long inputEstimate,
            AttemptClocks clocks) {
        this(attempt, requestId, replica, payload, stream, inputEstimate, null, clocks);
    }

    /** The same, asked otherwise. */
    public AttemptRequest with(Payload other, Map<String, String> more) {
        return new AttemptRequest(
                attempt, requestId, replica, other, stream, inputEstimate, modelMaxOutput, clocks, via, more);
    }

    /** What is asked for. */
    public Operation operation() {
        return payload.operation();
    }
}
