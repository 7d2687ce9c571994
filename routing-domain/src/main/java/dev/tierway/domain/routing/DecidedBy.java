package dev.tierway.domain.routing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What made the difference between a candidate and the next best. */
public enum DecidedBy {
    LOCAL_BONUS,
    PRICE,
    LATENCY,
    QUOTA_PRESSURE,
    FAILURE,
    QUALITY,
    LOAD,
    CHANCE,
    /** The model in hand is finished before another is begun. */
    MODEL_IN_HAND,
    PRIORITY,
    DECLARED_ORDER,
    LAST_USED;

    private final String id = name().toLowerCase(Locale.ROOT);

    public String id() {
        return id;
    }

    /**
     * The term whose difference speaks most for the one that is ahead; null if none does.
     *
     * <p>A last attempt's index is the chance of success times the answer's value and the terms: what the chance makes
     * of that value counts as {@link #FAILURE}.
     */
    static @Nullable DecidedBy term(Candidate ahead, Candidate behind, Situation situation) {
        Score one = ahead.score();
        Score other = behind.score();
        boolean last = situation.progress().lastAttempt();
        double p = last ? one.success() : 1;
        double q = last ? other.success() : 1;
        double value = last ? situation.policy().answerValueUsd() : 0;
        DecidedBy term = null;
        double most = 0;
        for (DecidedBy each : TERMS) {
            double difference = switch (each) {
                case LOCAL_BONUS -> p * one.localBonus() - q * other.localBonus();
                case PRICE -> p * one.price() - q * other.price();
                case LATENCY -> p * one.latency() - q * other.latency();
                case QUOTA_PRESSURE -> p * one.quotaPressure() - q * other.quotaPressure();
                case FAILURE -> p * (one.failureTerm() + value) - q * (other.failureTerm() + value);
                case QUALITY ->
                    ModelChoice.quality(ahead, situation.features().ask().useCase())
                            - ModelChoice.quality(
                                    behind, situation.features().ask().useCase());
                case LOAD, CHANCE, MODEL_IN_HAND, PRIORITY, DECLARED_ORDER, LAST_USED -> 0;
            };
            if (difference > most) {
                most = difference;
                term = each;
            }
        }
        return term;
    }

    private static final DecidedBy[] TERMS = {LOCAL_BONUS, PRICE, LATENCY, QUOTA_PRESSURE, FAILURE, QUALITY};
}
