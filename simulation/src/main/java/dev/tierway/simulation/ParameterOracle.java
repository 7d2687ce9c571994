package dev.tierway.simulation;

import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.simulation.baseline.Backend;
import dev.tierway.simulation.baseline.Balancer;
import dev.tierway.simulation.baseline.Ride;
import dev.tierway.simulation.world.Fate;
import dev.tierway.simulation.world.ReplicaTruth;
import dev.tierway.simulation.world.Request;
import java.util.List;

/**
 * Knows every replica as it truly is now: dead or alive, speed, load, price, limits, share of failures. Takes the one with
 * the lowest expected objective, in the order that is optimal for independent outcomes (descending {@code −s − f·(1−p)/p}).
 * What it doesn't know is luck, answers' lengths and the future. The clairvoyant one knows luck and lengths, too.
 *
 * <p>Waits for room as long as production would. Not an upper bound under load: it is as selfish for each call as
 * anybody else.
 */
final class ParameterOracle implements Chooser {
    private static final long LOOK_NANOS = 50_000_000L;
    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static final double FAIL_SECONDS = 0.3;
    private static final double NANOS = 1e-9;

    private final Stage stage;
    private final RoutingPolicy policy;
    private final boolean clairvoyant;
    private final int meanOutput;
    private List<Backend> backends = List.of();

    ParameterOracle(Stage stage, boolean clairvoyant) {
        this.stage = stage;
        this.policy = stage.fleet().plan().policy();
        this.clairvoyant = clairvoyant;
        this.meanOutput = (int) StrictMath.round(stage.facts().meanOutput());
    }

    @Override
    public void configure(List<Backend> now) {
        backends = now;
    }

    @Override
    public int pick(Ride ride, Request request, long nowNanos) {
        if (ride.attempts() >= policy.spillover().attempts()) {
            return Balancer.GIVE_UP;
        }
        int best = Balancer.GIVE_UP;
        double lowest = Double.POSITIVE_INFINITY;
        for (ReplicaTruth replica : stage.upstreams().replicas()) {
            boolean may = backends.get(replica.index()).configured()
                    && replica.alive()
                    && replica.waitNanos(request.tokens(), nowNanos) == 0;
            double cost = may ? cost(replica, ride, request, nowNanos) : Double.POSITIVE_INFINITY;
            if (cost < lowest) {
                lowest = cost;
                best = replica.index();
            }
        }
        return best != Balancer.GIVE_UP ? best : waits(ride, request, nowNanos);
    }

    private double cost(ReplicaTruth replica, Ride ride, Request request, long nowNanos) {
        if (clairvoyant) {
            Fate fate = stage.upstreams()
                    .foresee(replica.index(), ride.attempts() + 1, request, stage.limits(replica.index(), request));
            return fate.kind() != null
                    ? Double.POSITIVE_INFINITY
                    : replica.rates().usd(request.inputTokens(), fate.cachedTokens(), request.outputTokens())
                            + policy.latencyValueUsdPerSecond() * NANOS * fate.endNanos();
        }
        Request expected = new Request(request.call(), request.inputTokens(), meanOutput, request.blocks());
        double success = 1 - replica.badLuck();
        double whenAnswered =
                replica.rates().usd(request.inputTokens(), replica.cachedTokens(request, nowNanos), meanOutput)
                        + policy.latencyValueUsdPerSecond() * NANOS * replica.meanNanos(expected, nowNanos);
        double whenFailed = policy.failurePenaltyUsd() + policy.latencyValueUsdPerSecond() * FAIL_SECONDS;
        return whenAnswered + whenFailed * (1 - success) / success;
    }

    private int waits(Ride ride, Request request, long nowNanos) {
        boolean hopeless = true;
        for (ReplicaTruth replica : stage.upstreams().replicas()) {
            hopeless &= replica.down() || !backends.get(replica.index()).configured();
        }
        if (hopeless || nowNanos - stage.log().begunAt(request.call()) >= PATIENCE_NANOS) {
            return Balancer.GIVE_UP;
        }
        ride.sleepUntil(nowNanos + LOOK_NANOS);
        return Balancer.WAIT;
    }
}
