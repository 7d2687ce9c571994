package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What takes a rejection away. */
final class Remedies {
    private Remedies() {}

    /** Null if nothing does within this call. */
    static @Nullable Change of(Rejection rejection, Scene scene) {
        long now = scene.situation().nowNanos();
        Constraints demanded = scene.situation().features().constraints();
        return switch (rejection) {
            case Rejection.UseCaseNotServed(var useCase) -> new Change.UseCaseServed(useCase);
            case Rejection.MissingCapability(var missing) -> new Change.NeedsDropped(missing);
            case Rejection.ContextTooLong(long needed, Integer window) ->
                window == null || needed > Integer.MAX_VALUE ? null : new Change.WindowAtLeast(needed, window);
            case Rejection.NotExpressible(var lost) -> new Change.ConstructsDropped(lost);
            case Rejection.NotPortable(String domain) -> new Change.SignaturesDropped(domain);
            case Rejection.AlreadyLeft left -> null;
            case Rejection.ModelAttemptsSpent(int attempts) ->
                new Change.AttemptsPerModelAtLeast(
                        attempts + 1, scene.situation().policy().spillover().attemptsPerModel());
            case Rejection.InPhase(var phase, var by) -> new Change.PhaseActive(phase);
            case Rejection.HeldBack(String rule) -> new Change.RuleLifted(rule);
            case Rejection.WeightZero zero -> new Change.WeightAtLeast(1, 0);
            case Rejection.Excluded excluded -> dropped(Change.Option.EXCLUDE, demanded.exclude());
            case Rejection.NotInOnly not -> dropped(Change.Option.ONLY, demanded.only());
            case Rejection.LocalRequired required -> dropped(Change.Option.LOCAL, List.of("required"));
            case Rejection.LocalDisabled disabled -> dropped(Change.Option.LOCAL, List.of("disabled"));
            case Rejection.MissingTag(var missing) -> dropped(Change.Option.TAGS, missing);
            case Rejection.MissingRegion(String required) -> dropped(Change.Option.REGION, List.of(required));
            case Rejection.KeyNotAllowed(String model) -> dropped(Change.Option.KEY_ALLOWS, List.of(model));
            case Rejection.PriceCap(double cap, Double expected) ->
                dropped(Change.Option.MAX_COST_USD, List.of(Double.toString(cap)));
            case Rejection.MarkedUnhealthy(var by) -> new Change.MarkWithdrawn(by.author());
            case Rejection.CostUnknown unknown -> null;
            case Rejection.BudgetExhausted exhausted -> null;
            case Rejection.AtCapacity(int inFlight, int limit) -> new Change.SlotFree(limit);
            case Rejection.QuotaExhausted(String descriptor, Long until) ->
                new Change.QuotaRefilled(descriptor, until == null ? null : until - now);
            case Rejection.CoolingDown(long until, var scope) -> new Change.CooldownOver(scope, until - now);
            case Rejection.RetryBudgetEmpty(String provider) -> new Change.RetryBudgetRefilled(provider);
            case Rejection.CircuitOpen(long until, var scope, var cause) ->
                new Change.CircuitClosed(scope, until > now ? until - now : null);
            case Rejection.Ramping ramping -> new Change.RampOver(rampEnd(scene.view(), now) - now);
            case Rejection.UnhealthyByProbe(long until, var found) -> new Change.ProbeHealthy(found);
        };
    }

    private static Change dropped(Change.Option option, List<String> values) {
        return new Change.OptionDropped(option, values);
    }

    private static long rampEnd(ReplicaView view, long now) {
        long end = now;
        if (view.state().circuit().phase(now, view.replica().circuit()) == Circuit.Phase.RAMPING) {
            end = view.state().circuit().closedAtNanos()
                    + view.replica().circuit().ramp().toNanos();
        }
        if (view.provider().circuit().phase(now, view.accountCircuit()) == Circuit.Phase.RAMPING) {
            end = Math.max(
                    end,
                    view.provider().circuit().closedAtNanos()
                            + view.accountCircuit().ramp().toNanos());
        }
        return end;
    }
}
