package dev.tierway.adapter.http;

import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.ReplySink;

/** What a client hears of its call. */
sealed interface CallReply extends ReplySink permits StreamReply, UnaryReply {
    /** The call runs, or has already ended. */
    void started(CallHandle handle);
}
