package dev.tierway.domain.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** An exact amount of money: billionths of a US dollar. */
public record NanoUsd(long value) implements Comparable<NanoUsd> {
    public static final NanoUsd ZERO = new NanoUsd(0);
    private static final int SCALE = 9;

    /** Rounds half up to a nano-dollar. */
    public static NanoUsd ofUsd(BigDecimal usd) {
        return new NanoUsd(
                usd.movePointRight(SCALE).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    public NanoUsd plus(NanoUsd other) {
        return new NanoUsd(Math.addExact(value, other.value));
    }

    public NanoUsd minus(NanoUsd other) {
        return new NanoUsd(Math.subtractExact(value, other.value));
    }

    /** Dollars as a double: for scores and gauges, never for accounts. */
    public double asUsd() {
        return value / 1e9;
    }

    /** Dollars as a plain decimal without trailing zeros, e.g. {@code 0.005535}. */
    public String toDecimalString() {
        return BigDecimal.valueOf(value, SCALE).stripTrailingZeros().toPlainString();
    }

    @Override
    public int compareTo(NanoUsd other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return toDecimalString() + " USD";
    }
}
