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
     * What the reply's head says of the vendor's own limits: once, right when it arrived, before {@link #head} or, for a
     * refusal, {@link #failed}. Not called if it says nothing of them.
     */
    default void limits(List<VendorLimit> seen) {}

    /** The reply's embeddings all have that many numbers. Called before the event that holds them. */
    default void embedded(int dimensions) {}

    /** The vendor accepted and begins to reply. */
    void head(ReplyHead head);

    void event(ReplyEvent event);

    /** The reply is complete and valid. */
    void end(TokenUsage usage);

    void failed(Failure failure);
}
