package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.LearningSettings;
import dev.tierway.domain.catalogue.UnmeasuredSettings;

/** What the fleet learns from how attempts end. */
final class Learning {
    private Learning() {}

    static void succeeded(Permit permit, PermitOutcome.Succeeded outcome, long nowNanos) {
        LearningSettings learning = permit.replica().learning();
        UnmeasuredSettings unmeasured = learning.unmeasured();
        ModelState model = permit.modelCell().get();
        ReplicaState before = permit.replicaCell().get();
        Sample sample = outcome.stream() ? streamed(outcome) : unary(outcome, before, model, unmeasured, nowNanos);
        double ttftRatio = sample.ttftNanos
                / expectation(
                        model.ttft().n() > 0,
                        model.expectedTtftNanos(outcome.inputTokens(), unmeasured),
                        sample.ttftNanos);
        double tokenRatio = sample.tokenNanos
                / expectation(model.tokenNanos().known(), model.expectedTokenNanos(unmeasured), sample.tokenNanos);
        permit.replicaCell().update(state -> {
            Latency latency = state.latency().measured(ttftRatio, sample.tokenNanos > 0 ? tokenRatio : 0, nowNanos);
            ReplicaState next = state.succeeded(latency, learning, nowNanos);
            return next.with(
                    next.inFlight(), next.circuit().succeeded(permit.passage().epoch(), nowNanos));
        });
        permit.modelCell()
                .update(state -> state.measured(
                        outcome.inputTokens(),
                        sample.ttftNanos,
                        sample.tokenNanos,
                        outcome.outputTokens(),
                        outcome.textBytes(),
                        outcome.stream(),
                        nowNanos));
        permit.providerCell().update(state -> state.succeeded(learning, nowNanos));
        permit.probeCell().update(ProbeState::worked);
        PrefixTable prefixes = permit.prefixes();
        if (prefixes != null) {
            prefixes.remember(outcome.prompt(), outcome.inputTokens(), learning.promptCache(), nowNanos);
        }
    }

    /** The first sample of a model is its own expectation. */
    private static double expectation(boolean known, double expected, double sample) {
        return known ? expected : Math.max(1, sample);
    }

    private record Sample(double ttftNanos, double tokenNanos) {}

    private static Sample streamed(PermitOutcome.Succeeded outcome) {
        double rest = Math.max(0, outcome.totalNanos() - outcome.ttftNanos());
        return new Sample(
                Math.max(1, outcome.ttftNanos()), outcome.outputTokens() > 1 ? rest / (outcome.outputTokens() - 1) : 0);
    }

    /** A unary reply tells only its total: both estimates move by observed ÷ predicted. */
    private static Sample unary(
            PermitOutcome.Succeeded outcome,
            ReplicaState before,
            ModelState model,
            UnmeasuredSettings unmeasured,
            long nowNanos) {
        Double ttft = before.latency().ttftNanos(model, unmeasured, outcome.inputTokens(), nowNanos);
        Double token = before.latency().tokenNanos(model, unmeasured, nowNanos);
        double predictedTtft = ttft == null ? model.expectedTtftNanos(outcome.inputTokens(), unmeasured) : ttft;
        double predictedToken = token == null ? model.expectedTokenNanos(unmeasured) : token;
        double ratio = Math.max(1, outcome.totalNanos()) / (predictedTtft + predictedToken * outcome.outputTokens());
        return new Sample(predictedTtft * ratio, predictedToken * ratio);
    }

    static void failed(Permit permit, PermitOutcome.Failed outcome, long nowNanos) {
        LearningSettings learning = permit.replica().learning();
        ModelState model = permit.modelCell().get();
        double waitedRatio = outcome.waitedNanos() / expectedWait(model, learning.unmeasured(), outcome);
        permit.replicaCell()
                .update(state -> state.failed(
                        outcome.failure(),
                        state.latency().waited(waitedRatio, nowNanos),
                        outcome.tookNanos(),
                        learning,
                        nowNanos));
        permit.providerCell()
                .update(state -> state.failed(outcome.failure(), outcome.billedShare(), learning, nowNanos));
    }

    /** A unary reply's first sign of life is its end. */
    private static double expectedWait(ModelState model, UnmeasuredSettings unmeasured, PermitOutcome.Failed outcome) {
        double ttft = model.expectedTtftNanos(outcome.inputTokens(), unmeasured);
        return outcome.stream()
                ? ttft
                : ttft + model.expectedTokenNanos(unmeasured) * model.outputs().mean(unmeasured.outputTokens());
    }
}
