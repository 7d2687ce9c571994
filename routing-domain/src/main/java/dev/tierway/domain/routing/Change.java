package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.fleet.ProbeResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that would have to be different for a replica to be first. */
public sealed interface Change {
    /** The stable name in decisions. */
    String code();

    /** @param inNanos when its circuit half-opens by itself; null: its probe has to succeed */
    record CircuitClosed(Failure.Scope scope, @Nullable Long inNanos) implements Change {
        @Override
        public String code() {
            return "circuit_closed";
        }
    }

    /** @param inNanos when all its traffic is let in again */
    record RampOver(long inNanos) implements Change {
        @Override
        public String code() {
            return "ramp_over";
        }
    }

    record CooldownOver(Failure.Scope scope, long inNanos) implements Change {
        @Override
        public String code() {
            return "cooldown_over";
        }
    }

    /** @param limit calls it may have in flight */
    record SlotFree(int limit) implements Change {
        @Override
        public String code() {
            return "slot_free";
        }
    }

    /** @param inNanos null: unknown */
    record QuotaRefilled(String limit, @Nullable Long inNanos) implements Change {
        @Override
        public String code() {
            return "quota_refilled";
        }
    }

    /** The provider's and the gateway's. */
    record RetryBudgetRefilled(String provider) implements Change {
        @Override
        public String code() {
            return "retry_budget_refilled";
        }
    }

    /** @param now what the last probe found */
    record ProbeHealthy(ProbeResult now) implements Change {
        @Override
        public String code() {
            return "probe_healthy";
        }
    }

    /** @param from the phase that keeps it out */
    record PhaseActive(Phase from) implements Change {
        @Override
        public String code() {
            return "phase_active";
        }
    }

    /** The rule holds it back no longer. */
    record RuleLifted(String rule) implements Change {
        @Override
        public String code() {
            return "rule_lifted";
        }
    }

    record MarkWithdrawn(String by) implements Change {
        @Override
        public String code() {
            return "mark_withdrawn";
        }
    }

    /** @param option of the call, its key or a rule: without this part of it */
    record OptionDropped(Option option, List<String> values) implements Change {
        @Override
        public String code() {
            return "option_dropped";
        }
    }

    /** What may be dropped of what was demanded. */
    enum Option {
        EXCLUDE,
        ONLY,
        LOCAL,
        TAGS,
        REGION,
        MAX_COST_USD,
        KEY_ALLOWS
    }

    /** The request without what the model can't do. */
    record NeedsDropped(List<Capability> needs) implements Change {
        @Override
        public String code() {
            return "needs_dropped";
        }
    }

    /** The request without another vendor's reasoning signatures. */
    record SignaturesDropped(String signatureDomain) implements Change {
        @Override
        public String code() {
            return "signatures_dropped";
        }
    }

    /** The request without what the provider's dialect can't say. */
    record ConstructsDropped(List<Construct> constructs) implements Change {
        @Override
        public String code() {
            return "constructs_dropped";
        }
    }

    record UseCaseServed(UseCase useCase) implements Change {
        @Override
        public String code() {
            return "use_case_served";
        }
    }

    /** A larger window of the model, or a request that much shorter. */
    record WindowAtLeast(long tokens, int now) implements Change {
        @Override
        public String code() {
            return "window_at_least";
        }
    }

    record AttemptsPerModelAtLeast(int attempts, int now) implements Change {
        @Override
        public String code() {
            return "attempts_per_model_at_least";
        }
    }

    /**
     * Nano-dollars an answer is expected to cost there.
     *
     * @param known whether {@code now} is its own price, not the dearest known
     */
    record PriceAtMost(long nanoUsd, long now, boolean known) implements Change {
        @Override
        public String code() {
            return "price_at_most";
        }
    }

    /** Microseconds an answer is expected to take there. */
    record LatencyAtMost(long micros, long now) implements Change {
        @Override
        public String code() {
            return "latency_at_most";
        }
    }

    /** Ten-thousandths: the probability that an attempt succeeds. */
    record SuccessAtLeast(long tenThousandths, long now) implements Change {
        @Override
        public String code() {
            return "success_at_least";
        }
    }

    /** Thousandths of its tightest quota left after the request. */
    record HeadroomAtLeast(long thousandths, long now) implements Change {
        @Override
        public String code() {
            return "headroom_at_least";
        }
    }

    record InFlightAtMost(int calls, int now) implements Change {
        @Override
        public String code() {
            return "in_flight_at_most";
        }
    }

    record PriorityAtMost(int priority, int now) implements Change {
        @Override
        public String code() {
            return "priority_at_most";
        }
    }

    record WeightAtLeast(double weight, double now) implements Change {
        @Override
        public String code() {
            return "weight_at_least";
        }
    }

    /** Its turn: all others were used since. */
    record UsedLongestAgo() implements Change {
        @Override
        public String code() {
            return "used_longest_ago";
        }
    }

    record DeclaredFirst() implements Change {
        @Override
        public String code() {
            return "declared_first";
        }
    }
}
