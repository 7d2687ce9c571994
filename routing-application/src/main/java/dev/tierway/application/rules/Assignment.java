package dev.tierway.application.rules;

import dev.tierway.application.access.FixedValues;
import dev.tierway.application.rules.Direction.Arm;
import dev.tierway.application.rules.Direction.Experiment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which arm a call gets: by a hash of the rule's id and what sticks, so that it is the same on every instance and after
 * every restart. Arms lie one after the other on a line as long as their weights; moving weight between two neighbours
 * moves only the callers between them.
 */
final class Assignment {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final double UNIT = 0x1.0p-53;

    private Assignment() {}

    static Arm arm(String rule, Experiment experiment, RuleCase one) {
        String sticky = sticky(experiment.stickyBy(), one);
        long hash = sticky == null
                ? hash(rule, "", Long.toHexString(one.seed()))
                : hash(rule, String.valueOf(space(experiment.stickyBy(), one)), sticky);
        return at((hash >>> 11) * UNIT, experiment.arms());
    }

    private static @Nullable String sticky(Direction.StickyBy by, RuleCase one) {
        return switch (by) {
            case USER -> one.carried(Condition.Carries.USER);
            case SESSION -> one.carried(Condition.Carries.SESSION);
            case KEY -> one.carried(Condition.Carries.KEY);
            case AGENT -> one.carried(Condition.Carries.AGENT);
            case REQUEST -> null;
        };
    }

    /** A name that a key fixes is the same under every key. */
    private static @Nullable String space(Direction.StickyBy by, RuleCase one) {
        FixedValues fixed = one.command().caller().grant().fixed();
        boolean everywhere = switch (by) {
            case USER -> fixed.user() != null;
            case AGENT -> fixed.agent() != null;
            case SESSION, KEY, REQUEST -> false;
        };
        return everywhere ? null : one.command().key();
    }

    private static Arm at(double place, List<Arm> arms) {
        long all = arms.stream().mapToLong(Arm::weight).sum();
        double left = place * all;
        Arm last = arms.getFirst();
        for (Arm arm : arms) {
            if (arm.weight() > 0) {
                last = arm;
                if (left < arm.weight()) {
                    break;
                }
                left -= arm.weight();
            }
        }
        return last;
    }

    /** FNV-1a (Fowler, Noll, Vo) over the parts with their ends, its bits spread as in MurmurHash3 (Appleby). */
    private static long hash(String... parts) {
        long hash = FNV_OFFSET;
        for (String part : parts) {
            for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ (b & 0xff)) * FNV_PRIME;
            }
            // No byte of UTF-8 is 0xff: "a", "bc" and "ab", "c" stay different.
            hash = (hash ^ 0xff) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
