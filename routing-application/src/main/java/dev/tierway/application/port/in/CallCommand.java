package dev.tierway.application.port.in;

import dev.tierway.application.access.Caller;
import dev.tierway.application.port.out.Payload;
import dev.tierway.domain.catalogue.Target;
import org.jspecify.annotations.Nullable;

/**
 * One call as it enters.
 *
 * @param requestId the client's or ours, for logs and headers
 * @param caller who calls, and what that one may do
 * @param details for rules
 */
public record CallCommand(
        Target target,
        Payload payload,
        RequestFacts facts,
        CallOptions options,
        String requestId,
        Caller caller,
        RequestDetails details) {
    /** A call whose rules see no more than its facts. */
    public CallCommand(
            Target target, Payload payload, RequestFacts facts, CallOptions options, String requestId, Caller caller) {
        this(target, payload, facts, options, requestId, caller, RequestDetails.NONE);
    }

    /** The caller's API key by id; null without authentication. */
    public @Nullable String key() {
        return caller.key();
    }

    /** The same with other options. */
    public CallCommand with(CallOptions others) {
        return new CallCommand(target, payload, facts, others, requestId, caller, details);
    }

    /** The same, asked otherwise. */
    public CallCommand with(Payload other, RequestFacts ofIt) {
        return new CallCommand(target, other, ofIt, options, requestId, caller, details);
    }
}
