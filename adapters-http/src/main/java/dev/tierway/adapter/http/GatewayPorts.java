package dev.tierway.adapter.http;

import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.ExplainRouting;
import dev.tierway.application.port.in.QueryCapabilities;
import dev.tierway.application.port.in.QueryDecisions;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QueryModels;
import dev.tierway.application.port.in.QueryStores;
import dev.tierway.application.port.in.QueryWorkflows;
import dev.tierway.application.port.in.Via;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.WallClock;

/**
 * What the gateway serves, and what it needs for that.
 *
 * @param via how it knows calls that come round again
 * @param access who may use it
 */
public record GatewayPorts(
        CallAddress calls,
        ExplainRouting explain,
        QueryFleet fleet,
        QueryModels models,
        QueryDecisions decisions,
        QueryStores stores,
        QueryCapabilities capabilities,
        QueryWorkflows workflows,
        Via via,
        MonotonicClock clock,
        WallClock wallClock,
        Entropy entropy,
        GatewayAccess access) {}
