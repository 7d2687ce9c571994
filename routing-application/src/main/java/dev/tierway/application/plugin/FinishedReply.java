package dev.tierway.application.plugin;

import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.Selection;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer.
 *
 * @param unary the answer; null if it was streamed, then its pieces have gone through {@link Plugin#onEvent}
 * @param selection how the call was routed
 */
public record FinishedReply(@Nullable ReplyEvent unary, Selection selection) {}
