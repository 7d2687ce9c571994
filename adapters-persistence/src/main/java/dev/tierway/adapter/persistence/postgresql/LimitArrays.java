package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Descriptors as the arrays the server's functions take: one element each, six of window bounds. */
final class LimitArrays {
    private static final int RATE = 1;
    private static final int WINDOW = 2;
    private static final int CONCURRENCY = 3;
    private static final int LEARNED = 4;
    private static final int BOUNDS = 6;
    private static final int EXPECTED_MONEY = 6;

    private final List<Descriptor> descriptors;

    /** @throws IllegalArgumentException if two of them are the same */
    LimitArrays(List<Descriptor> descriptors) {
        this.descriptors = descriptors;
        Set<String> keys = new HashSet<>();
        for (Descriptor descriptor : descriptors) {
            if (!keys.add(descriptor.key())) {
                throw new IllegalArgumentException(
                        "a limit is listed twice: same owner, dimension and window: " + descriptor.key());
            }
        }
    }

    String[] keys() {
        return descriptors.stream().map(Descriptor::key).toArray(String[]::new);
    }

    int[] kinds() {
        return descriptors.stream().mapToInt(one -> kind(one.limit())).toArray();
    }

    private static int kind(Limit limit) {
        if (limit.dimension() == Dimension.CONCURRENCY) {
            return CONCURRENCY;
        }
        if (limit.isLearned()) {
            return LEARNED;
        }
        return Period.of(limit) == null ? RATE : WINDOW;
    }

    int[] dimensions() {
        return descriptors.stream().mapToInt(LimitArrays::dimension).toArray();
    }

    private static int dimension(Descriptor descriptor) {
        return switch (descriptor.limit().dimension()) {
            case REQUESTS -> 0;
            case TOKENS -> 1;
            case INPUT_TOKENS -> 2;
            case OUTPUT_TOKENS -> 3;
            case CONCURRENCY -> 4;
            case MONEY -> descriptor.reserves() == Descriptor.Reserves.EXPECTED ? EXPECTED_MONEY : 5;
        };
    }

    long[] limits() {
        return descriptors.stream().mapToLong(one -> one.limit().amount()).toArray();
    }

    /** Nanoseconds; 1 where there is none. */
    long[] windows() {
        return descriptors.stream()
                .mapToLong(one -> Math.max(1, one.limit().window().toNanos()))
                .toArray();
    }

    long[] bursts() {
        return descriptors.stream().mapToLong(one -> one.limit().burst()).toArray();
    }

    boolean[] enforced() {
        boolean[] enforced = new boolean[descriptors.size()];
        for (int i = 0; i < enforced.length; i++) {
            enforced[i] = descriptors.get(i).enforced();
        }
        return enforced;
    }

    /**
     * For each calendar window the one around that time, the one before and the one after, from and to: the server takes the
     * one around its own time. So a client's clock may be wrong by a whole window before the server has to ask again.
     */
    long @Nullable [] bounds(long aroundMillis, ZoneId zone) {
        if (descriptors.stream().allMatch(one -> kind(one.limit()) != WINDOW)) {
            return null;
        }
        long[] bounds = new long[BOUNDS * descriptors.size()];
        for (int i = 0; i < descriptors.size(); i++) {
            Period period = Period.of(descriptors.get(i).limit());
            if (period != null) {
                put(period, aroundMillis, zone, bounds, BOUNDS * i);
            }
        }
        return bounds;
    }

    private static void put(Period period, long aroundMillis, ZoneId zone, long[] bounds, int at) {
        long start = period.startMillis(aroundMillis, zone);
        long end = period.endMillis(aroundMillis, zone);
        boolean always = period == Period.TOTAL;
        bounds[at] = start;
        bounds[at + 1] = end;
        bounds[at + 2] = always ? start : period.startMillis(start - 1, zone);
        bounds[at + 3] = always ? end : start;
        bounds[at + 4] = end;
        bounds[at + 5] = always ? end : period.endMillis(end, zone);
    }
}
