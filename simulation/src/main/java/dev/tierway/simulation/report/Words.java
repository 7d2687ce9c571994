package dev.tierway.simulation.report;

import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Figures as people read them; what isn't known is a dash. */
final class Words {
    static final String UNKNOWN = "-";

    private Words() {}

    static String number(double value, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.matches("-0\\.?0*") ? text.substring(1) : text;
    }

    static String number(@Nullable Double value, int digits) {
        return value == null ? UNKNOWN : number(value.doubleValue(), digits);
    }

    /** Enough digits to tell shares near 1 apart. */
    static String percent(double share) {
        double percent = 100 * share;
        double size = StrictMath.abs(percent);
        boolean nearAnEnd = size < 1 || (size > 99 && size <= 100);
        return number(percent, nearAnEnd ? 2 : 1) + " %";
    }

    static String percent(@Nullable Double share) {
        return share == null ? UNKNOWN : percent(share.doubleValue());
    }

    static String percent(@Nullable Estimate share) {
        return with(share, Words::percent);
    }

    /** A difference of shares. */
    static String points(@Nullable Estimate difference) {
        return with(difference, value -> (value > 0 ? "+" : "") + number(100 * value, 2) + " pp");
    }

    static String factor(@Nullable Estimate ratio) {
        return with(ratio, value -> number(value, 2));
    }

    private static String with(@Nullable Estimate estimate, DoubleFunction<String> one) {
        if (estimate == null) {
            return UNKNOWN;
        }
        Double lo = estimate.lo();
        Double hi = estimate.hi();
        return one.apply(estimate.value())
                + (lo == null || hi == null ? "" : " [" + one.apply(lo) + ", " + one.apply(hi) + "]");
    }

    static String millis(@Nullable Double millis) {
        return millis == null ? UNKNOWN : number(millis.doubleValue(), millis < 100 ? 1 : 0);
    }

    /** Of many: with thin groups. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String load(double load) {
        return Double.isNaN(load) ? "all" : String.valueOf(load);
    }

    /** About three digits, none of them for show. */
    static String significant(double value) {
        double size = StrictMath.abs(value);
        if (size == 0) {
            return "0";
        }
        int digits = (int) Math.clamp(2 - StrictMath.floor(StrictMath.log10(size)), 0, 5);
        String text = number(value, digits);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
