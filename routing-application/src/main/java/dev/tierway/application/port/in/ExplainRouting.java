package dev.tierway.application.port.in;

import dev.tierway.domain.call.Selection;

/** Decides without calling anybody. */
public interface ExplainRouting {
    /** @throws dev.tierway.application.error.UnknownModelException if nothing has that name */
    Selection explain(CallCommand command);
}
