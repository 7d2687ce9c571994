package dev.tierway.domain.fleet;

import java.util.Arrays;
import java.util.List;

/**
 * Two counts over the last N buckets of time. Immutable; reading needs no traffic, old buckets simply stop counting.
 */
public final class RollingCounts {
    private static final int BUCKETS = 10;

    private final long bucketNanos;
    private final long newest;
    private final int[] first;
    private final int[] second;

    private RollingCounts(long bucketNanos, long newest, int[] first, int[] second) {
        this.bucketNanos = bucketNanos;
        this.newest = newest;
        this.first = first;
        this.second = second;
    }

    /**
     * What it holds, so that it can be recorded.
     *
     * @param newest number of the bucket written last; the smallest long: none was
     * @param first by place: a bucket's number modulo how many there are; empty if none was written
     */
    public record Buckets(long bucketNanos, long newest, List<Integer> first, List<Integer> second) {
        public Buckets {
            first = List.copyOf(first);
            second = List.copyOf(second);
        }
    }

    public Buckets buckets() {
        boolean none = newest == Long.MIN_VALUE;
        return new Buckets(bucketNanos, newest, none ? List.of() : boxed(first), none ? List.of() : boxed(second));
    }

    /** @throws IllegalArgumentException if such buckets can't have been recorded */
    public static RollingCounts of(Buckets recorded) {
        if (recorded.bucketNanos() < 1) {
            throw new IllegalArgumentException("a bucket of time is longer than " + recorded.bucketNanos());
        }
        return new RollingCounts(
                recorded.bucketNanos(), recorded.newest(), unboxed(recorded.first()), unboxed(recorded.second()));
    }

    private static List<Integer> boxed(int[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }

    private static int[] unboxed(List<Integer> counts) {
        if (!counts.isEmpty() && counts.size() != BUCKETS) {
            throw new IllegalArgumentException("there are " + BUCKETS + " buckets, not " + counts.size());
        }
        int[] places = new int[BUCKETS];
        for (int i = 0; i < counts.size(); i++) {
            places[i] = counts.get(i);
        }
        return places;
    }

    static RollingCounts over(long windowNanos) {
        return new RollingCounts(
                Math.max(1, windowNanos / BUCKETS), Long.MIN_VALUE, new int[BUCKETS], new int[BUCKETS]);
    }

    /** The same if it counts over that window, else an empty one that does. */
    RollingCounts resized(long windowNanos) {
        return bucketNanos == Math.max(1, windowNanos / BUCKETS) ? this : over(windowNanos);
    }

    /** The same counts over another window, as if they had come just now: nothing counted is forgotten by a change. */
    RollingCounts rescaled(long windowNanos, long nowNanos) {
        return bucketNanos == Math.max(1, windowNanos / BUCKETS)
                ? this
                : over(windowNanos).plus(first(nowNanos), second(nowNanos), nowNanos);
    }

    /** Nothing counted, over the same window. */
    RollingCounts emptied() {
        return new RollingCounts(bucketNanos, Long.MIN_VALUE, new int[BUCKETS], new int[BUCKETS]);
    }

    RollingCounts plus(int toFirst, int toSecond, long nowNanos) {
        long bucket = Math.max(Math.floorDiv(nowNanos, bucketNanos), newest);
        int[] a = new int[BUCKETS];
        int[] b = new int[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            long kept = bucket - i;
            if (kept <= newest) {
                a[slot(kept)] = first[slot(kept)];
                b[slot(kept)] = second[slot(kept)];
            }
        }
        a[slot(bucket)] += toFirst;
        b[slot(bucket)] += toSecond;
        return new RollingCounts(bucketNanos, bucket, a, b);
    }

    /** Takes back one of what was counted at that time; what has left the window is gone already. */
    RollingCounts minusOne(boolean fromFirst, boolean fromSecond, long countedAtNanos) {
        int[] a = first.clone();
        int[] b = second.clone();
        takeOne(fromFirst, a, countedAtNanos);
        takeOne(fromSecond, b, countedAtNanos);
        return new RollingCounts(bucketNanos, newest, a, b);
    }

    /** Somebody with a later clock may have begun a newer bucket before, and then it was counted there. */
    private void takeOne(boolean wanted, int[] counts, long countedAtNanos) {
        long bucket = Math.floorDiv(countedAtNanos, bucketNanos);
        for (long one = bucket; wanted && bucket > newest - BUCKETS && one <= newest; one++) {
            if (counts[slot(one)] > 0) {
                counts[slot(one)]--;
                return;
            }
        }
    }

    /** The first count within the window that ends now. */
    public int first(long nowNanos) {
        return sum(first, nowNanos);
    }

    /** The second count within the window that ends now. */
    public int second(long nowNanos) {
        return sum(second, nowNanos);
    }

    private int sum(int[] counts, long nowNanos) {
        long now = Math.max(Math.floorDiv(nowNanos, bucketNanos), newest);
        int sum = 0;
        for (long bucket = now - BUCKETS + 1; bucket <= newest; bucket++) {
            sum += counts[slot(bucket)];
        }
        return sum;
    }

    private static int slot(long bucket) {
        return (int) Math.floorMod(bucket, (long) BUCKETS);
    }
}
