package dev.tierway.domain.call;

import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.routing.RequestFeatures;
import dev.tierway.domain.routing.RoutingPolicy;
import java.util.List;

/**
 * Everything a call needs to know at its start.
 *
 * @param callerLimits the caller's own limits, and what bounds its money
 * @param deadlineNanos when the call must be over, on the monotonic clock
 * @param callersDeadline whether that deadline was the caller's own
 * @param routeTimeouts what a route says of its attempts' clocks, over what their replicas say
 * @param seed the call's one source of chance
 */
public record CallSpec(
        CallIdentity identity,
        RequestFeatures features,
        RoutingPolicy policy,
        CallerLimits callerLimits,
        long deadlineNanos,
        boolean callersDeadline,
        Timeouts.Override routeTimeouts,
        long seed) {
    /** A call that no route sets clocks for. */
    public CallSpec(
            CallIdentity identity,
            RequestFeatures features,
            RoutingPolicy policy,
            List<Descriptor> callerLimits,
            long deadlineNanos,
            boolean callersDeadline,
            long seed) {
        this(
                identity,
                features,
                policy,
                CallerLimits.of(callerLimits),
                deadlineNanos,
                callersDeadline,
                Timeouts.Override.NONE,
                seed);
    }
}
