package dev.tierway.application.port.out;

import org.jspecify.annotations.Nullable;

/** Keeps replies of calls with an idempotency key for a while. Must not block; may forget the oldest to stay in bounds. */
public interface KeptReplies {
    /** @return null if none is kept, or no longer */
    @Nullable
    KeptReply find(Name name);

    void keep(Name name, KeptReply reply);

    /** The largest reply worth keeping, in bytes. */
    long mostBytes();

    /**
     * An idempotency key inside its caller's space.
     *
     * @param caller the API key's id; empty without one
     */
    record Name(String caller, String key) {}
}
