package dev.tierway.adapter.http.server;

import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;

/** What all connections of one server share. */
record ListenerContext(HttpLimits limits, MonotonicClock clock, Entropy entropy, Draining draining) {}
