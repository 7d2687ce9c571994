package dev.tierway.adapter.http.observe;

import dev.tierway.application.port.in.AccountStatus;
import dev.tierway.application.port.in.FleetStatus;
import dev.tierway.application.port.in.OverrideStatus;
import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QuotaStatus;
import dev.tierway.application.port.in.ReplicaStatus;
import dev.tierway.application.port.in.WindowStatus;
import dev.tierway.application.port.out.AccountBalance;
import dev.tierway.domain.operator.OperatorOrder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/** Gauges of the fleet, read when somebody scrapes: a replica that is gone has no gauge. */
public final class FleetGauges {
    private static final String DOMAIN = "domain:";

    private final QueryFleet fleet;
    private final MultiGauge inFlight;
    private final MultiGauge circuits;
    private final MultiGauge densities;
    private final MultiGauge overrides;
    private final MultiGauge headrooms;
    private final MultiGauge balances;
    private final AtomicLong generation = new AtomicLong();

    public FleetGauges(MeterRegistry registry, QueryFleet fleet, String version) {
        this.fleet = fleet;
        this.inFlight = MultiGauge.builder("tierway.in.flight")
                .description("Attempts in flight.")
                .register(registry);
        this.circuits = MultiGauge.builder("tierway.circuit.state")
                .description("0 closed, 1 ramping, 2 half open, 3 open.")
                .register(registry);
        this.densities = MultiGauge.builder("tierway.bytes.per.token")
                .description("Bytes of text a model takes for an input token, as vendors count.")
                .register(registry);
        this.overrides = MultiGauge.builder("tierway.operator.overrides")
                .description("Operators' actions in force.")
                .register(registry);
        this.headrooms = MultiGauge.builder("tierway.quota.headroom.ratio")
                .description("Share left of the tightest known window.")
                .register(registry);
        this.balances = MultiGauge.builder("tierway.account.balance")
                .description("Money an account has left, as its vendor last told.")
                .register(registry);
        Gauge.builder("tierway.config.generation", generation, AtomicLong::doubleValue)
                .description("Which configuration is in force.")
                .register(registry);
        Gauge.builder("tierway.build.info", () -> 1)
                .description("Always 1.")
                .tag("version", version)
                .register(registry);
    }

    /** Takes what the fleet is like now; to be called before a scrape. */
    public void refresh() {
        FleetStatus now = fleet.fleet();
        generation.set(now.generation());
        inFlight.register(rows(now.replicas(), ReplicaStatus::inFlight), true);
        circuits.register(rows(now.replicas(), replica -> circuit(replica.circuit())), true);
        densities.register(densities(now.replicas()), true);
        overrides.register(overrides(now.overrides()), true);
        headrooms.register(headrooms(fleet.quota()), true);
        balances.register(balances(fleet.usage()), true);
    }

    /** What is unknown has no gauge: a zero would raise an alarm. */
    private static List<MultiGauge.Row<?>> headrooms(QuotaStatus quota) {
        Map<Tags, Double> least = new LinkedHashMap<>();
        for (QuotaStatus.ReplicaQuota replica : quota.replicas()) {
            for (WindowStatus window : replica.windows()) {
                Long limit = window.limit();
                if (limit != null) {
                    String domain = window.owner().startsWith(DOMAIN)
                            ? window.owner().substring(DOMAIN.length())
                            : window.owner();
                    double share = Math.min(1, window.remaining() / (double) limit);
                    least.merge(Tags.of("domain", domain, "dimension", window.dimension()), share, Math::min);
                }
            }
        }
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        least.forEach((tags, share) -> rows.add(MultiGauge.Row.of(tags, share)));
        return rows;
    }

    private static List<MultiGauge.Row<?>> balances(List<ProviderUsage> providers) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (ProviderUsage provider : providers) {
            AccountStatus account = provider.account();
            for (AccountBalance balance : account == null ? List.<AccountBalance>of() : account.balances()) {
                BigDecimal remaining = balance.remaining();
                if (remaining != null) {
                    rows.add(MultiGauge.Row.of(
                            Tags.of("provider", provider.provider(), "currency", balance.currency()),
                            remaining.doubleValue()));
                }
            }
        }
        return rows;
    }

    private static List<MultiGauge.Row<?>> densities(List<ReplicaStatus> replicas) {
        Map<String, Double> byModel = new LinkedHashMap<>();
        replicas.forEach(replica -> byModel.put(replica.model(), replica.bytesPerToken()));
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        byModel.forEach((model, bytes) -> rows.add(MultiGauge.Row.of(Tags.of("model", model), bytes)));
        return rows;
    }

    /** Limits that were ordered would be a series each. */
    private static String kind(OverrideStatus one) {
        return one.action().equals(OperatorOrder.Topic.LIMITS.id()) ? one.action() : one.value();
    }

    private static List<MultiGauge.Row<?>> overrides(List<OverrideStatus> inForce) {
        Map<Tags, Integer> counts = new LinkedHashMap<>();
        for (OverrideStatus one : inForce) {
            counts.merge(Tags.of("scope", one.scope(), "kind", kind(one)), 1, Integer::sum);
        }
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        counts.forEach((tags, count) -> rows.add(MultiGauge.Row.of(tags, count)));
        return rows;
    }

    private static List<MultiGauge.Row<?>> rows(List<ReplicaStatus> replicas, ToDoubleFunction<ReplicaStatus> value) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>(replicas.size());
        for (ReplicaStatus replica : replicas) {
            rows.add(MultiGauge.Row.of(Tags.of("replica", replica.id()), value.applyAsDouble(replica)));
        }
        return rows;
    }

    private static double circuit(String phase) {
        return switch (phase) {
            case "closed" -> 0;
            case "ramping" -> 1;
            case "half_open" -> 2;
            case "open" -> 3;
            default -> Double.NaN;
        };
    }
}
