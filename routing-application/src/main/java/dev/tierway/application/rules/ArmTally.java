package dev.tierway.application.rules;

import dev.tierway.application.port.in.ArmReport;
import dev.tierway.application.port.in.Estimate;
import dev.tierway.application.rules.Direction.Arm;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts one arm's calls. Safe for many threads. */
final class ArmTally {
    private final Map<ArmOutcome, Long> outcomes = new EnumMap<>(ArmOutcome.class);
    private final Sample cost = new Sample();
    private final Sample total = new Sample();
    private final Sample firstToken = new Sample();
    private long unpriced;

    synchronized void count(ArmOutcome outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    /**
     * A call the arm delivered.
     *
     * @param costUsd null: unknown
     * @param firstTokenMs null if it wasn't streamed
     */
    synchronized void delivered(@Nullable Double costUsd, double totalMs, @Nullable Double firstTokenMs) {
        count(ArmOutcome.DELIVERED);
        total.add(totalMs);
        if (costUsd == null) {
            unpriced++;
        } else {
            cost.add(costUsd);
        }
        if (firstTokenMs != null) {
            firstToken.add(firstTokenMs);
        }
    }

    synchronized ArmReport report(Arm arm) {
        long delivered = of(ArmOutcome.DELIVERED);
        long failed = of(ArmOutcome.FAILED);
        return new ArmReport(
                arm.label(),
                arm.to().address(),
                arm.weight(),
                outcomes.values().stream().mapToLong(Long::longValue).sum(),
                delivered,
                failed,
                of(ArmOutcome.SPILLED),
                of(ArmOutcome.LEFT_OUT),
                Estimate.share(delivered, delivered + failed),
                cost.mean(),
                unpriced,
                total.mean(),
                total.median(),
                firstToken.mean(),
                firstToken.median());
    }

    private long of(ArmOutcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }
}
