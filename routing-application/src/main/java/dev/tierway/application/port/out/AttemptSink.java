package dev.tierway.application.port.out;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.VendorLimit;
import java.util.List;

/**
 * Hears what comes of an attempt: {@code sent}, {@code head}, events, then exactly one of {@code end} and
 * {@code failed}. {@code failed} may come at any point. Calls are made one after another, on whatever thread the
 * transport works; none of them blocks.
 */
public interface AttemptSink {
    /** The request has begun to leave: from now on the vendor may have seen it. */
    void sent();

    /**
     * The answer's head has come, whatever it says, and tells what is left of the vendor's limits. Once at most, before
     * {@code head} or {@code failed}.
     */
    default void limits(List<VendorLimit> seen) {}

    /** The vendor accepted and begins to reply. */
    void head(ReplyHead head);

    void event(ReplyEvent event);

    /** The reply is complete and valid. */
    void end(TokenUsage usage);

    void failed(Failure failure);
}
