package dev.tierway.domain.call;

import org.jspecify.annotations.Nullable;

/** How long one call waits for room: once for capacity, and once for the rest of a replica it repeats. */
final class Patience {
    private final CallSpec spec;
    private @Nullable Long parkEnd;
    private @Nullable Long restEnd;

    Patience(CallSpec spec) {
        this.spec = spec;
    }

    /**
     * Until when the call may wait; a time once begun is never put off. Null if it may not.
     *
     * @param restNanos longest rest of the replica to be repeated; null if none is
     */
    @Nullable
    Long limit(@Nullable Long restNanos, boolean first, long nowNanos) {
        Long begun = restNanos != null ? restEnd : parkEnd;
        long most = restNanos != null ? restNanos : spec.policy().waiting().parkNanos();
        long lastStart = first ? spec.deadlineNanos() : Math.min(spec.deadlineNanos(), spillEnd());
        long limit = Math.min(begun == null ? nowNanos + most : begun, lastStart);
        return limit > nowNanos ? limit : null;
    }

    void begin(boolean repeating, @Nullable Long limit) {
        if (repeating) {
            restEnd = limit;
        } else {
            parkEnd = limit;
        }
    }

    /** Whether the clocks still allow an attempt after the first at that time. */
    boolean mayStartAnother(long nowNanos) {
        return nowNanos < spillEnd() && nowNanos < spec.deadlineNanos();
    }

    private long spillEnd() {
        return spec.identity().startNanos() + spec.policy().timeouts().spill().toNanos();
    }
}
