package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.SuccessSettings;
import dev.tierway.domain.fleet.ReplicaView;
import java.util.List;

/**
 * Scores a candidate in dollars. With reward r, expected cost c = p·s + (1 − p)·f of an attempt and success probability
 * p, trying candidates until one succeeds costs least in descending r − c/p: swapping two neighbours of any other order
 * never makes it dearer. That quotient, with its constant parts dropped, is the index. Proof: docs/routing.md.
 */
public final class ReplicaScorer {
    private static final double NANOS = 1e-9;

    private ReplicaScorer() {}

    /** @param i which of the context's pool {@code view} is */
    static Score score(ReplicaView view, int i, ScoringContext context, Situation situation) {
        RoutingPolicy policy = situation.policy();
        RoutingPolicy.Weights weights = policy.weights();
        double known = Expectations.price(view, situation.features());
        double taken = Double.isNaN(known) ? context.priceOfUnknown() : known;
        double priceUsd = Double.isNaN(taken) ? 0 : taken;
        double ttft = context.ttftNanos(i);
        double perToken = context.tokenNanos(i);
        double seconds = NANOS
                * (ttft + Expectations.tokensPerChoice(view, situation.features()) * perToken)
                * (1 + view.load());
        double scarcity = scarcity(view.headroomOrNaN(), policy.quotaPressureBelow());
        double price = weights.cost() * priceUsd;
        double latency = weights.latency() * policy.latencyValueUsdPerSecond() * seconds;
        double pressure = scarcity == 0 ? 0 : weights.cost() * Math.max(priceUsd, context.medianPrice()) * scarcity;
        double bonus = view.replica().local()
                ? weights.local() * policy.localBonus().of(view.model().tier())
                : 0;
        double failureCost = policy.failurePenaltyUsd()
                + policy.latencyValueUsdPerSecond() * context.failSeconds(i)
                + view.provider().billedShare() * priceUsd;
        double success = success(view, i, context, situation);
        double failure = weights.error() * failureCost * (1 - success) / success;
        double successCost = price + latency + pressure;
        double index = situation.progress().lastAttempt()
                ? success * (policy.answerValueUsd() + bonus - successCost)
                        - weights.error() * (1 - success) * failureCost
                : bonus - successCost - failure;
        return new Score(
                index,
                success,
                bonus,
                -price,
                -latency,
                -pressure,
                -failure,
                priceUsd,
                seconds,
                ttft,
                perToken,
                !Double.isNaN(known),
                view.state().latency().measured());
    }

    /** What isn't known isn't scarce. */
    private static double scarcity(double headroom, double below) {
        return headroom < below ? 1 - headroom / below : 0;
    }

    /** The probability that an attempt there succeeds: fading counts over a prior that doesn't starve newcomers. */
    static double success(ReplicaView view, int i, ScoringContext context, Situation situation) {
        SuccessSettings settings = view.replica().learning().success();
        double good = context.good(i);
        double bad = context.bad(i);
        double prior = context.priorSuccess(i);
        double p = (good + settings.priorCalls() * prior) / (good + bad + settings.priorCalls());
        List<ProviderId> shaken = situation.progress().shaken();
        if (!shaken.isEmpty() && shaken.contains(view.replica().provider())) {
            p *= settings.shaken();
        }
        return Math.max(settings.least(), p);
    }
}
