package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.operator.OperatorAction;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a candidate may not be tried now, with the facts that caused it. */
public sealed interface Rejection {
    /** The stable name in decisions and metrics. */
    String code();

    Kind kind();

    /** When it may end by itself, in nanoseconds of the monotonic clock; null is unknown or never. */
    default @Nullable Long untilNanos() {
        return null;
    }

    /** What kind of reason it is: decides what a call does when nobody is eligible. */
    enum Kind {
        FIT,
        POLICY,
        CAPACITY,
        HEALTH;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    sealed interface Fit extends Rejection {
        @Override
        default Kind kind() {
            return Kind.FIT;
        }
    }

    sealed interface Policy extends Rejection {
        @Override
        default Kind kind() {
            return Kind.POLICY;
        }
    }

    sealed interface Capacity extends Rejection {
        @Override
        default Kind kind() {
            return Kind.CAPACITY;
        }
    }

    sealed interface Health extends Rejection {
        @Override
        default Kind kind() {
            return Kind.HEALTH;
        }
    }

    record UseCaseNotServed(UseCase useCase) implements Fit {
        @Override
        public String code() {
            return "use_case_not_served";
        }
    }

    record MissingCapability(List<Capability> missing) implements Fit {
        @Override
        public String code() {
            return "missing_capability";
        }
    }

    /** @param windowTokens null: unknown, but the vendor said it is too small */
    record ContextTooLong(long neededTokens, @Nullable Integer windowTokens) implements Fit {
        @Override
        public String code() {
            return "context_too_long";
        }
    }

    record NotPortable(String signatureDomain) implements Fit {
        @Override
        public String code() {
            return "not_portable";
        }
    }

    /** Its dialect can't say what the request says. */
    record NotExpressible(List<Construct> lost) implements Fit {
        @Override
        public String code() {
            return "not_expressible";
        }
    }

    /** @param failureClass null while an attempt still runs there */
    record AlreadyLeft(int attempt, @Nullable FailureClass failureClass) implements Fit {
        @Override
        public String code() {
            return "already_left";
        }
    }

    /** As many attempts as one model may have went to it. */
    record ModelAttemptsSpent(int attempts) implements Fit {
        @Override
        public String code() {
            return "model_attempts_spent";
        }
    }

    /** @param by the operator's action that ordered it; null: it is configured so */
    record InPhase(Phase phase, @Nullable OperatorAction by) implements Policy {
        @Override
        public String code() {
            return phase == Phase.DRAINING ? "draining" : "standby";
        }

        @Override
        public @Nullable Long untilNanos() {
            return by == null ? null : by.untilNanos();
        }
    }

    /** A rule prefers others, and one of them is eligible. */
    record HeldBack(String rule) implements Policy {
        @Override
        public String code() {
            return "held_back";
        }
    }

    record WeightZero() implements Policy {
        @Override
        public String code() {
            return "weight_zero";
        }
    }

    record Excluded(String by) implements Policy {
        @Override
        public String code() {
            return "excluded";
        }
    }

    record NotInOnly() implements Policy {
        @Override
        public String code() {
            return "not_in_only";
        }
    }

    record LocalRequired() implements Policy {
        @Override
        public String code() {
            return "local_required";
        }
    }

    record LocalDisabled() implements Policy {
        @Override
        public String code() {
            return "local_disabled";
        }
    }

    record MissingTag(List<String> missing) implements Policy {
        @Override
        public String code() {
            return "missing_tag";
        }
    }

    record MissingRegion(String required) implements Policy {
        @Override
        public String code() {
            return "missing_region";
        }
    }

    record KeyNotAllowed(String key) implements Policy {
        @Override
        public String code() {
            return "key_not_allowed";
        }
    }

    /** @param expectedUsd null: the price is unknown, which no cap can admit */
    record PriceCap(double capUsd, @Nullable Double expectedUsd) implements Policy {
        @Override
        public String code() {
            return "price_cap";
        }
    }

    record MarkedUnhealthy(OperatorAction by) implements Policy {
        @Override
        public String code() {
            return "marked_unhealthy";
        }

        @Override
        public @Nullable Long untilNanos() {
            return by.untilNanos();
        }
    }

    /**
     * A limit on money is enforced, and nobody knows what the attempt may cost.
     *
     * @param price the replica's price is unknown
     * @param output how long the model's answer may be is unknown, and the caller set no cap
     */
    record CostUnknown(boolean price, boolean output) implements Policy {
        @Override
        public String code() {
            return "cost_unknown";
        }
    }

    record BudgetExhausted(String descriptor) implements Policy {
        @Override
        public String code() {
            return "budget_exhausted";
        }
    }

    record AtCapacity(int inFlight, int limit) implements Capacity {
        @Override
        public String code() {
            return "at_capacity";
        }
    }

    record QuotaExhausted(String descriptor, @Nullable Long until) implements Capacity {
        @Override
        public String code() {
            return "quota_exhausted";
        }

        @Override
        public @Nullable Long untilNanos() {
            return until;
        }
    }

    record CoolingDown(long until, Failure.Scope scope) implements Capacity {
        @Override
        public String code() {
            return "cooling_down";
        }

        @Override
        public Long untilNanos() {
            return until;
        }
    }

    record RetryBudgetEmpty(String provider) implements Capacity {
        @Override
        public String code() {
            return "retry_budget_empty";
        }
    }

    /**
     * @param scope whose circuit it is; one of a credential never gets a last resort
     * @param cause the class that opened it
     */
    record CircuitOpen(long until, Failure.Scope scope, FailureClass cause) implements Health {
        @Override
        public String code() {
            return "circuit_open";
        }

        /** False for a circuit opened by our account, credential or configuration: trying would only fail again. */
        public boolean lastResortWorthTrying() {
            return cause.counts();
        }

        @Override
        public Long untilNanos() {
            return until;
        }
    }

    record Ramping(double admittedShare) implements Health {
        @Override
        public String code() {
            return "ramping";
        }
    }

    /** @param found by the last probe */
    record UnhealthyByProbe(long until, ProbeResult found) implements Health {
        @Override
        public String code() {
            return "unhealthy";
        }

        @Override
        public Long untilNanos() {
            return until;
        }
    }
}
