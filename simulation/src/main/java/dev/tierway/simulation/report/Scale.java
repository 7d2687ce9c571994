package dev.tierway.simulation.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where values lie on an axis of a plot. */
final class Scale {
    private static final double LEAST_GAP = 34;
    private static final double[] ROUGH = {1, 5, 2};
    /** The rounder the earlier. */
    private static final double[] FINE = {1, 5, 2, 3, 4, 7, 6, 8, 1.5, 9, 2.5};

    private static final int LEAST_POWER = -4;
    private static final int MOST_POWER = 7;

    private final boolean logarithmic;
    private final double low;
    private final double high;
    private final double from;
    private final double width;

    private Scale(boolean logarithmic, double least, double most, double from, double width) {
        this.logarithmic = logarithmic;
        this.low = bent(least);
        this.high = Math.max(bent(most), low + 1e-9);
        this.from = from;
        this.width = width;
    }

    /** Of positive values. */
    static Scale logarithmic(double least, double most, double from, double width) {
        return new Scale(true, least, most, from, width);
    }

    /** Roots, so that small values stay apart beside large ones; has a zero, and negative values to its left. */
    static Scale rooted(double least, double most, double from, double width) {
        return new Scale(false, Math.min(0, least), Math.max(0, most), from, width);
    }

    private double bent(double value) {
        return logarithmic
                ? StrictMath.log10(Math.max(value, 1e-9))
                : Math.signum(value) * StrictMath.sqrt(StrictMath.abs(value));
    }

    double x(double value) {
        return from + width * (bent(value) - low) / (high - low);
    }

    /** Round numbers within the axis, far enough apart to be labelled. */
    List<Double> ticks() {
        List<Double> candidates = new ArrayList<>();
        for (double digit : logarithmic ? FINE : ROUGH) {
            for (int power = LEAST_POWER; power <= MOST_POWER; power++) {
                candidates.add(digit * StrictMath.pow(10, power));
            }
        }
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            // Powers of ten before what lies between them.
            candidates.forEach(value -> offer(value, ticks));
        } else {
            ticks.add(0.0);
            // The largest first: it says how far the axis reaches.
            candidates.sort(Comparator.reverseOrder());
            candidates.forEach(value -> {
                offer(value, ticks);
                offer(-value, ticks);
            });
        }
        ticks.sort(null);
        return ticks;
    }

    private void offer(double value, List<Double> ticks) {
        double x = x(value);
        if (x >= from - 0.5
                && x <= from + width + 0.5
                && ticks.stream().allMatch(other -> StrictMath.abs(x(other) - x) >= LEAST_GAP)) {
            ticks.add(value);
        }
    }
}
