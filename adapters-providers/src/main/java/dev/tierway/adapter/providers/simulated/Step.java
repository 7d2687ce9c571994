package dev.tierway.adapter.providers.simulated;

import java.util.List;

/** One thing a simulated server does with its socket. */
sealed interface Step {
    /** @param tokens of output in the bytes */
    record Write(byte[] bytes, int tokens) implements Step {}

    /** Waits that long after the wait before it was over, so that lateness doesn't add up. */
    record Wait(long nanos) implements Step {}

    /** Does these for ever. */
    record Repeat(List<Step> steps) implements Step {}

    /** The reply is complete. */
    record Done() implements Step {}

    /** Closes the connection in order. */
    record Close() implements Step {}

    /** Resets the connection. */
    record Reset() implements Step {}

    /** Does nothing more. */
    record Hang() implements Step {}
}
