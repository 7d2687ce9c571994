package dev.tierway.domain.fleet;

/** Derives independent numbers from seeds (the finalizer of SplitMix64, Steele, Lea and Flood 2014). */
public final class Mixing {
    private Mixing() {}

    public static long mix(long seed, long salt) {
        long z = seed + salt * 0x9E3779B97F4A7C15L + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number in [0, 1). */
    public static double unit(long seed, long salt) {
        return (mix(seed, salt) >>> 11) * 0x1.0p-53;
    }
}
