package dev.tierway.domain.catalogue;

import java.time.Duration;

/**
 * How an attempt's chance to succeed is estimated: fading counts over a prior.
 *
 * @param priorCalls strength of the prior: as many imagined calls
 * @param startPrior success of the imagined calls while nobody has been measured
 * @param leastPrior the least success a newcomer is credited with, however its siblings do
 * @param mostPrior the most
 * @param least no estimate is lower
 * @param shaken what a provider-wide failure in a call leaves of the chance of the provider's other replicas
 * @param halfLifeNanos in which half of a success or failure is forgotten
 */
public record SuccessSettings(
        double priorCalls,
        double startPrior,
        double leastPrior,
        double mostPrior,
        double least,
        double shaken,
        long halfLifeNanos) {
    public static final SuccessSettings DEFAULTS = new SuccessSettings(
            20, 0.95, 0.95, 0.999, 0.02, 0.2, Duration.ofSeconds(60).toNanos());

    public SuccessSettings {
        if (!(priorCalls > 0) || halfLifeNanos <= 0) {
            throw new IllegalArgumentException("success: prior-weight and half-life must be more than 0");
        }
        if (!(least > 0 && least <= leastPrior)) {
            throw new IllegalArgumentException("success: least must be more than 0 and at most prior-least");
        }
        if (!(leastPrior <= startPrior && startPrior <= mostPrior && mostPrior < 1)) {
            throw new IllegalArgumentException(
                    "success: prior-least must be at most prior-start, that at most prior-most, and that below 100 %");
        }
        if (!(shaken > 0 && shaken <= 1)) {
            throw new IllegalArgumentException("success: shaken must be more than 0 % and at most 100 %");
        }
    }
}
