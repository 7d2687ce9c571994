package dev.tierway.domain.call;

import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Hold;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what one call's attempts took of its caller's limits, for its selection. */
final class LimitTally {
    private record Reading(
            Left left,
            long atNanos,
            long reserved,
            @Nullable Long settled) {
        Reading settling(long charged) {
            // What the estimate held too much is there again; of debt nobody knows how much was there before.
            long available = Math.max(0, left.available() + reserved - charged);
            return new Reading(
                    new Left(left.descriptor(), available, left.restNanos(), left.exceeded()),
                    atNanos,
                    reserved,
                    (settled == null ? 0 : settled) + charged);
        }
    }

    private final double warnAt;
    private final Map<String, Reading> readings = new LinkedHashMap<>(2);
    private final Map<AttemptId, Amounts> open = new LinkedHashMap<>(2);

    LimitTally(double warnAt) {
        this.warnAt = warnAt;
    }

    void asked(AttemptId attempt, Amounts estimate) {
        open.put(attempt, estimate);
    }

    /** How the call ends whose caller's own limit denied it. */
    CallResult reached(Event.Denied denied) {
        long asked = open.getOrDefault(denied.attempt(), Amounts.NONE).of(denied.descriptor());
        return new CallResult.LimitReached(denied.descriptor(), denied.retryAtNanos(), denied.available(), asked);
    }

    void reserved(AttemptId attempt, List<Left> left, long nowNanos) {
        Amounts estimate = open.getOrDefault(attempt, Amounts.NONE);
        for (Left one : left) {
            if (one.descriptor().side() == Side.CALLER) {
                Reading before = readings.get(one.descriptor().key());
                readings.put(
                        one.descriptor().key(),
                        new Reading(
                                one,
                                nowNanos,
                                estimate.of(one.descriptor()),
                                before == null ? null : before.settled()));
            }
        }
    }

    void ended(AttemptId attempt, Ending ending) {
        Amounts estimate = open.remove(attempt);
        if (estimate == null) {
            return;
        }
        readings.replaceAll((key, reading) -> {
            Hold hold = new Hold(
                    reading.left().descriptor(), estimate.of(reading.left().descriptor()), 0);
            return reading.settling(ending.charged(hold));
        });
    }

    List<LimitUse> uses() {
        if (readings.isEmpty()) {
            return List.of();
        }
        List<LimitUse> uses = new ArrayList<>(readings.size());
        for (Reading reading : readings.values()) {
            Left left = reading.left();
            double used =
                    1 - left.available() / (double) left.descriptor().limit().burst();
            uses.add(new LimitUse(
                    left.descriptor(),
                    reading.reserved(),
                    reading.settled(),
                    left.available(),
                    left.restNanos(),
                    reading.atNanos(),
                    left.exceeded(),
                    left.exceeded() || used >= warnAt));
        }
        return uses;
    }
}
