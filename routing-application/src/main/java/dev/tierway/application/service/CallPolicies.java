package dev.tierway.application.service;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.rules.Narrowing;
import dev.tierway.application.rules.RoutingRules;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.routing.Ask;
import dev.tierway.domain.routing.BuiltInStrategy;
import dev.tierway.domain.routing.RankingStrategy;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.Strategies;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the general policy becomes for one call. */
final class CallPolicies {
    private final RoutingRules rules;
    private final Strategies strategies;
    private final LimitsInForce limits;
    private final Listeners listeners;
    private final List<GuardedStrategy> guards = new CopyOnWriteArrayList<>();

    CallPolicies(RoutingRules rules, Strategies strategies, LimitsInForce limits, Listeners listeners) {
        this.rules = rules;
        this.strategies = strategies;
        this.limits = limits;
        this.listeners = listeners;
    }

    /** The call's word goes before the rule's, that before the route's, that before the general one. */
    RoutingPolicy of(
            RoutingPolicy general,
            AddressResolver.Resolved resolved,
            @Nullable Narrowing narrowing,
            CallCommand command,
            Catalogue catalogue) {
        CallOptions options = command.options();
        Route route = resolved.route();
        Strategy strategy = first(
                options.strategy(),
                narrowing == null ? null : narrowing.strategy(),
                route == null ? null : route.strategy(),
                rules.strategyOverride());
        CallOptions.Optimize optimize =
                first(options.optimize(), narrowing == null ? null : narrowing.optimize(), null, null);
        Double latencyValue = first(
                optimize == null ? null : optimize.usdPerSecond(),
                route == null ? null : route.latencyValueUsdPerSecond(),
                null,
                null);
        return general.ofCall(
                guarded(strategy == null ? general.strategy() : ranking(strategy)),
                general.weights().dearer(limits.costWeight(command)),
                latencyValue == null ? latencyValue(general, resolved.ask(), catalogue) : latencyValue,
                route == null || route.spill()
                        ? general.spillover()
                        : general.spillover().single(),
                route == null ? general.timeouts() : route.timeouts().over(general.timeouts()));
    }

    /** A tier's own goes for calls that only that tier can serve: within one call a second is worth the same everywhere. */
    private static double latencyValue(RoutingPolicy general, Ask ask, Catalogue catalogue) {
        if (general.latencyValueOfTier().isEmpty()) {
            return general.latencyValueUsdPerSecond();
        }
        Set<ModelTier> tiers = EnumSet.noneOf(ModelTier.class);
        ask.candidates().forEach(replica -> tiers.add(catalogue.modelOf(replica).tier()));
        return general.latencyValue(tiers);
    }

    /** Names in the configuration were checked when it was taken: an unknown one is the caller's. */
    private RankingStrategy ranking(Strategy id) {
        if (!strategies.knows(id)) {
            throw new InvalidRequestException(TierwayException.Details.of(
                    400,
                    "invalid_request",
                    "'strategy': unknown strategy '" + id + "'; strategies are " + strategies.names()));
        }
        return strategies.of(id);
    }

    /** The same guard for all calls, so that it tells once; found by identity, for nothing else of it can be relied on. */
    private RankingStrategy guarded(RankingStrategy one) {
        if (one instanceof BuiltInStrategy) {
            return one;
        }
        for (GuardedStrategy guard : guards) {
            if (guard.guards(one)) {
                return guard;
            }
        }
        GuardedStrategy guard = new GuardedStrategy(one, listeners::internalError);
        guards.add(guard);
        return guard;
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T two, @Nullable T three, @Nullable T four) {
        return one != null ? one : two != null ? two : three != null ? three : four;
    }
}
