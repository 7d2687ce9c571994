package dev.tierway.application.service;

import dev.tierway.application.port.in.QuotaStatus;
import dev.tierway.application.port.in.QuotaStatus.ModelSkew;
import dev.tierway.application.port.in.QuotaStatus.ReplicaQuota;
import dev.tierway.application.port.in.SharesStatus;
import dev.tierway.application.port.in.WindowStatus;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fleet.Headroom;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.quota.Dimension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is left of limits, for people. */
final class QuotaReports {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private QuotaReports() {}

    static QuotaStatus of(
            ReplicaRegistry registry, List<ReplicaView> views, @Nullable SharesStatus shares, long nowNanos) {
        List<ReplicaQuota> replicas = new ArrayList<>();
        for (ReplicaView view : views) {
            replicas.add(new ReplicaQuota(
                    view.replica().id().value(),
                    view.replica().provider().value(),
                    view.model().id().value(),
                    view.headroom(),
                    windows(registry, view.replica(), nowNanos)));
        }
        replicas.sort(Comparator.comparing(ReplicaQuota::headroom, Comparator.nullsLast(Comparator.naturalOrder())));
        return new QuotaStatus(replicas, skews(replicas), shares);
    }

    static List<WindowStatus> windows(ReplicaRegistry registry, Replica replica, long nowNanos) {
        List<WindowStatus> all = new ArrayList<>();
        registry.headroom(replica, nowNanos)
                .forEach((owner, windows) -> windows.forEach(window -> all.add(window(owner, window, nowNanos))));
        return all;
    }

    private static WindowStatus window(String owner, Headroom.Window window, long nowNanos) {
        long remaining = (long) window.remainingAt(nowNanos);
        Long limit = window.limit() == 0 ? null : window.limit();
        return new WindowStatus(
                owner,
                window.dimension().id(),
                window.length().isZero() ? null : window.length().toMillis(),
                limit,
                remaining,
                limit == null ? null : Long.valueOf(Math.max(0, limit - remaining)),
                resetsIn(window, remaining, nowNanos),
                window.source().name().toLowerCase(Locale.ROOT));
    }

    /** A bucket is whole once what is missing has run in; what a vendor told ends with its window. */
    private static @Nullable Long resetsIn(Headroom.Window window, long remaining, long nowNanos) {
        if (window.dimension() == Dimension.CONCURRENCY) {
            return null;
        }
        if (window.refillNanos() > 0 && window.limit() > 0) {
            double missing = (window.limit() - remaining) / (double) window.limit();
            return (long) StrictMath.ceil(missing * window.refillNanos() / NANOS_PER_MILLI);
        }
        return window.untilNanos() == Long.MAX_VALUE
                ? null
                : Long.valueOf(Math.ceilDiv(window.untilNanos() - nowNanos, NANOS_PER_MILLI));
    }

    private static List<ModelSkew> skews(List<ReplicaQuota> replicas) {
        Map<String, List<ReplicaQuota>> byModel = new LinkedHashMap<>();
        for (ReplicaQuota replica : replicas) {
            byModel.computeIfAbsent(replica.model(), model -> new ArrayList<>()).add(replica);
        }
        List<ModelSkew> skews = new ArrayList<>();
        byModel.forEach((model, members) -> {
            DoubleSummaryStatistics known = members.stream()
                    .map(ReplicaQuota::headroom)
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .summaryStatistics();
            boolean any = known.getCount() > 0;
            skews.add(new ModelSkew(
                    model,
                    members.size(),
                    members.size() - (int) known.getCount(),
                    any ? known.getMin() : null,
                    any ? known.getMax() : null,
                    known.getCount() > 1 ? Double.valueOf(known.getMax() - known.getMin()) : null));
        });
        skews.sort(Comparator.comparing(ModelSkew::skew, Comparator.nullsLast(Comparator.reverseOrder())));
        return skews;
    }
}
