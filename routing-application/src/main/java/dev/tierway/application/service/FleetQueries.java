package dev.tierway.application.service;

import dev.tierway.application.access.Caller;
import dev.tierway.application.port.in.FleetStatus;
import dev.tierway.application.port.in.GroupStatus;
import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QueryModels;
import dev.tierway.application.port.in.QuotaStatus;
import dev.tierway.application.port.in.ReplicaStatus;
import dev.tierway.application.port.in.SharesStatus;
import dev.tierway.application.port.in.Status;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.routing.Allowed;
import dev.tierway.domain.routing.RoutingPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers what is configured and how it does, from the registry alone. */
public final class FleetQueries implements QueryFleet, QueryModels {
    private final ReplicaRegistry registry;
    private final Supplier<RoutingPolicy> policies;
    private final RoutingRules rules;
    private final MonotonicClock clock;
    private final UsageReports usages;
    private final Supplier<@Nullable SharesStatus> shares;

    public FleetQueries(ReplicaRegistry registry, Supplier<RoutingPolicy> policies, MonotonicClock clock) {
        this(registry, policies, new RoutingRules(List.of()), clock);
    }

    public FleetQueries(
            ReplicaRegistry registry, Supplier<RoutingPolicy> policies, RoutingRules rules, MonotonicClock clock) {
        this(registry, policies, rules, clock, null, () -> null);
    }

    /**
     * @param accounts who asks vendors for what accounts have left; null: nobody
     * @param shares what leased shares of limits were good for; gives null if none are leased
     */
    public FleetQueries(
            ReplicaRegistry registry,
            Supplier<RoutingPolicy> policies,
            RoutingRules rules,
            MonotonicClock clock,
            @Nullable AccountProber accounts,
            Supplier<@Nullable SharesStatus> shares) {
        this.shares = shares;
        this.usages = new UsageReports(registry, accounts);
        this.rules = rules;
        this.registry = registry;
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public FleetStatus fleet() {
        long now = clock.nanos();
        List<ReplicaStatus> replicas = new ArrayList<>();
        for (ReplicaView view : views(now)) {
            replicas.add(ReplicaReport.of(view, now));
        }
        Strategy overriding = rules.strategyOverride();
        return new FleetStatus(
                registry.generation(),
                (overriding == null ? policies.get().strategy().id() : overriding).id(),
                replicas,
                groups(replicas, ReplicaStatus::model),
                groups(replicas, ReplicaStatus::provider),
                Overrides.of(registry.overlay().inForce(now), now));
    }

    private List<ReplicaView> views(long now) {
        Catalogue catalogue = registry.catalogue();
        List<Replica> all = new ArrayList<>(catalogue.replicas());
        catalogue.passthroughs().forEach(passthrough -> all.add(passthrough.replica()));
        return registry.snapshot(all, List.of(), now).candidates();
    }

    @Override
    public Optional<ProviderUsage> usage(String provider) {
        return usage().stream()
                .filter(usage -> usage.provider().equals(provider))
                .findFirst();
    }

    @Override
    public List<ProviderUsage> usage() {
        long now = clock.nanos();
        Map<ProviderId, List<ReplicaView>> byProvider = new LinkedHashMap<>();
        registry.catalogue().providers().forEach(provider -> byProvider.put(provider.id(), new ArrayList<>()));
        for (ReplicaView view : views(now)) {
            byProvider
                    .computeIfAbsent(view.replica().provider(), id -> new ArrayList<>())
                    .add(view);
        }
        List<ProviderUsage> all = new ArrayList<>();
        byProvider.forEach((id, views) -> {
            List<ReplicaStatus> replicas =
                    views.stream().map(view -> ReplicaReport.of(view, now)).toList();
            all.add(usages.of(id, views, replicas, together(replicas), now));
        });
        return all;
    }

    @Override
    public QuotaStatus quota() {
        long now = clock.nanos();
        return QuotaReports.of(registry, views(now), shares.get(), now);
    }

    private static List<GroupStatus> groups(List<ReplicaStatus> replicas, Function<ReplicaStatus, String> by) {
        Map<String, List<ReplicaStatus>> grouped = new LinkedHashMap<>();
        for (ReplicaStatus replica : replicas) {
            grouped.computeIfAbsent(by.apply(replica), id -> new ArrayList<>()).add(replica);
        }
        List<GroupStatus> groups = new ArrayList<>();
        grouped.forEach((id, members) -> groups.add(new GroupStatus(
                id,
                together(members),
                members.size(),
                members.stream().mapToLong(ReplicaStatus::calls).sum(),
                members.stream().mapToLong(ReplicaStatus::errors).sum(),
                members.stream().mapToInt(ReplicaStatus::inFlight).sum())));
        return groups;
    }

    /** One bad replica degrades its group; only all of them make it unhealthy. */
    private static Status together(List<ReplicaStatus> members) {
        if (members.stream().allMatch(one -> one.status() == Status.UNKNOWN)) {
            return Status.UNKNOWN;
        }
        if (members.stream().allMatch(one -> one.status() == Status.UNHEALTHY)) {
            return Status.UNHEALTHY;
        }
        return members.stream().allMatch(one -> one.status() == Status.HEALTHY || one.status() == Status.UNKNOWN)
                ? Status.HEALTHY
                : Status.DEGRADED;
    }

    @Override
    public List<LogicalModel> models() {
        return List.copyOf(registry.catalogue().models());
    }

    @Override
    public List<Route> routes() {
        return registry.catalogue().routes().stream()
                .filter(route -> !rules.routesOff().containsKey(route.name()))
                .toList();
    }

    @Override
    public List<String> passthroughProviders() {
        return registry.catalogue().passthroughs().stream()
                .map(passthrough -> passthrough.replica().provider().value())
                .toList();
    }

    @Override
    public QueryModels seenBy(Caller caller) {
        Allowed allowed = caller.grant().allowed();
        return allowed.equals(Allowed.ALL) ? this : new VisibleModels(this, registry.catalogue(), allowed);
    }

    @Override
    public Optional<LogicalModel> findModel(String name) {
        Catalogue catalogue = registry.catalogue();
        Route route = catalogue.route(name);
        String id = route != null
                        && route.targets().size() == 1
                        && !(route.targets().getFirst() instanceof Target.Tier)
                ? route.targets().getFirst().address()
                : name;
        try {
            LogicalModel model = catalogue.model(new ModelId(id));
            Replica replica = catalogue.replica(new ReplicaId(id));
            return Optional.ofNullable(model != null ? model : replica == null ? null : catalogue.modelOf(replica));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
