package dev.tierway.adapter.http;

import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.ExplainRouting;
import dev.tierway.application.port.in.QueryDecisions;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QueryModels;
import dev.tierway.application.port.in.QueryStores;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.WallClock;

/** What the gateway serves, and what it needs for that. */
public record GatewayPorts(
        CallAddress calls,
        ExplainRouting explain,
        QueryFleet fleet,
        QueryModels models,
        QueryDecisions decisions,
        QueryStores stores,
        MonotonicClock clock,
        WallClock wallClock,
        Entropy entropy) {}
