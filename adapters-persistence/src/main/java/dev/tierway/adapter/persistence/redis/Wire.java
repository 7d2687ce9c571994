package dev.tierway.adapter.persistence.redis;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.VendorLimit;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How limits and amounts are told to the scripts. */
final class Wire {
    /** Lua counts in doubles: whole numbers up to this are exact. Where usage stops growing. */
    static final long MOST = 1L << 53;

    private static final long NANOS_PER_MICRO = 1000;
    /** Some hundred days; longer windows would make the scripts' long division inexact. */
    private static final long LONGEST_WINDOW_MICROS = 1L << 43;

    private Wire() {}

    /** @throws IllegalArgumentException if a limit is listed twice */
    static void requireDistinct(List<Descriptor> descriptors) {
        Set<String> keys = HashSet.newHashSet(descriptors.size());
        for (Descriptor descriptor : descriptors) {
            if (!keys.add(descriptor.key())) {
                throw new IllegalArgumentException("a limit is listed twice: same owner, dimension and window");
            }
        }
    }

    /** r: rate, w: calendar window, c: concurrency, l: learned. */
    static String kind(Limit limit) {
        if (limit.dimension() == Dimension.CONCURRENCY) {
            return "c";
        }
        if (limit.isLearned()) {
            return "l";
        }
        return Period.of(limit) == null ? "r" : "w";
    }

    private static String dimension(Descriptor descriptor) {
        return switch (descriptor.limit().dimension()) {
            case REQUESTS -> "r";
            case TOKENS -> "t";
            case INPUT_TOKENS -> "i";
            case OUTPUT_TOKENS -> "o";
            case CONCURRENCY -> "c";
            case MONEY -> descriptor.reserves() == Descriptor.Reserves.EXPECTED ? "e" : "m";
        };
    }

    /**
     * One limit of a reservation.
     *
     * @param millis around which the calendar windows lie that the server may choose from
     * @throws StoreException if the limit is too large to be counted exactly
     */
    static void limit(List<String> args, Descriptor descriptor, Amounts estimate, long millis, ZoneId zone) {
        Limit limit = descriptor.limit();
        String kind = kind(limit);
        long window = limit.window().toNanos() / NANOS_PER_MICRO;
        boolean learned = limit.isLearned();
        if (!learned && (limit.amount() >= MOST || limit.burst() >= MOST)) {
            throw new StoreException(
                    "limit " + descriptor.key() + " is too large for Redis, which counts exactly up to " + (MOST - 1)
                            + " (of money: 9,007,199 USD)");
        }
        if (kind.equals("r") && window > LONGEST_WINDOW_MICROS) {
            throw new StoreException(
                    "limit " + descriptor.key() + " has too long a window for Redis: at most 100 days");
        }
        args.add(descriptor.key());
        args.add(kind);
        args.add(dimension(descriptor));
        args.add(descriptor.side() == Side.CALLER ? "1" : "0");
        args.add(descriptor.enforced() ? "1" : "0");
        args.add(number(estimate.of(descriptor)));
        args.add(learned ? "0" : number(limit.amount()));
        args.add(learned ? "0" : number(limit.burst()));
        args.add(number(window));
        Period period = Period.of(limit);
        if (period != null) {
            windows(args, period, millis, zone);
        }
    }

    private static void windows(List<String> args, Period period, long millis, ZoneId zone) {
        long start = period.startMillis(millis, zone);
        long end = period.endMillis(millis, zone);
        if (period == Period.TOTAL) {
            for (long each : new long[] {-MOST, -MOST, -MOST, MOST, MOST, MOST}) {
                args.add(number(each));
            }
            return;
        }
        args.add(number(period.startMillis(start - 1, zone)));
        args.add(number(period.endMillis(start - 1, zone)));
        args.add(number(start));
        args.add(number(end));
        args.add(number(period.startMillis(end, zone)));
        args.add(number(period.endMillis(end, zone)));
    }

    /** Requests, tokens, input, output, concurrency, money, money expected: the order in which end.lua counts. */
    static void amounts(List<String> args, Amounts actual) {
        args.add(number(actual.of(Dimension.REQUESTS)));
        args.add(number(actual.of(Dimension.TOKENS)));
        args.add(number(actual.of(Dimension.INPUT_TOKENS)));
        args.add(number(actual.of(Dimension.OUTPUT_TOKENS)));
        args.add("1");
        args.add(number(actual.of(Dimension.MONEY)));
        args.add(number(actual.expectedCost().value()));
    }

    static void told(List<String> args, Descriptor learned, VendorLimit seen) {
        Long whole = seen.limit();
        args.add(learned.key());
        args.add(number(whole == null ? 0 : whole));
        args.add(number(seen.remaining()));
        args.add(number(Math.ceilDiv(seen.lastsNanos(), NANOS_PER_MICRO)));
    }

    static void floor(List<String> args, Floor floor) {
        args.add(floor.descriptor().key());
        args.add(number(floor.startMillis()));
        args.add(number(floor.endMillis()));
        args.add(number(floor.spent()));
    }

    private static String number(long value) {
        return Long.toString(Math.clamp(value, -MOST, MOST));
    }
}
