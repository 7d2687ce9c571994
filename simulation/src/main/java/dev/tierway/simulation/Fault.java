package dev.tierway.simulation;

/** One fault of one replica. */
record Fault(int replica, long fromNanos, long untilNanos, Effect effect) {}
