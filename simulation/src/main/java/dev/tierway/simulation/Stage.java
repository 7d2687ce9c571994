package dev.tierway.simulation;

import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.simulation.world.AttemptLimits;
import dev.tierway.simulation.world.Luck;
import dev.tierway.simulation.world.Request;
import dev.tierway.simulation.world.Upstreams;
import dev.tierway.simulation.world.VirtualTime;

/** Where one run takes place: what every contender gets to work with. */
record Stage(SizedFleet fleet, TraceFacts facts, VirtualTime time, Luck luck, Upstreams upstreams, CallLog log) {
    /** The clocks of an attempt there, as configured. */
    AttemptLimits limits(int replica, Request request) {
        Timeouts timeouts = fleet.replica(replica).timeouts();
        return new AttemptLimits(timeouts.connect().toNanos(), timeouts.firstTokenNanos(request.inputTokens()));
    }
}
