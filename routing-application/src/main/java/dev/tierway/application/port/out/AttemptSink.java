package dev.tierway.application.port.out;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.money.TokenUsage;

/**
 * Hears what comes of an attempt: {@code sent}, {@code head}, events, then exactly one of {@code end} and
 * {@code failed}. {@code failed} may come at any point. Calls are made one after another, on whatever thread the
 * transport works; none of them blocks.
 */
public interface AttemptSink {
    /** The request has begun to leave: from now on the vendor may have seen it. */
    void sent();

    /** The vendor accepted and begins to reply. */
    void head(ReplyHead head);

    void event(ReplyEvent event);

    /** The reply is complete and valid. */
    void end(TokenUsage usage);

    void failed(Failure failure);
}
