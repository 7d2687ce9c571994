package dev.tierway.application.port.in;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the limits that replicas share.
 *
 * @param replicas the one with the least headroom first; those whose headroom is unknown last
 * @param models in order of their skew, the most uneven first
 * @param shares what shares of limits were good for; null if none are leased
 */
public record QuotaStatus(
        List<ReplicaQuota> replicas,
        List<ModelSkew> models,
        @Nullable SharesStatus shares) {
    /** Without shares. */
    public QuotaStatus(List<ReplicaQuota> replicas, List<ModelSkew> models) {
        this(replicas, models, null);
    }

    /**
     * One replica.
     *
     * @param headroom share left of its tightest known window, in [0, 1]; null: unknown
     */
    public record ReplicaQuota(
            String replica,
            String provider,
            String model,
            @Nullable Double headroom,
            List<WindowStatus> windows) {}

    /**
     * How unevenly a model's replicas are used.
     *
     * @param skew most headroom less least; null if fewer than two are known
     * @param unknown replicas whose headroom isn't known
     */
    public record ModelSkew(
            String model,
            int replicas,
            int unknown,
            @Nullable Double least,
            @Nullable Double most,
            @Nullable Double skew) {}
}
