package dev.tierway.bootstrap.cli.doctor;

import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param area what kind of thing, e.g. {@code reachability}
 * @param about which one
 * @param words what was found and, unless it is fine, what to do
 */
public record Finding(String area, String about, Health health, String words) {
    /** How well it is. */
    public enum Health {
        OK,
        /** A gateway runs in spite of it. */
        WARN,
        FAIL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String area, String about, String words) {
        return new Finding(area, about, Health.OK, words);
    }

    static Finding warn(String area, String about, String words) {
        return new Finding(area, about, Health.WARN, words);
    }

    static Finding fail(String area, String about, String words) {
        return new Finding(area, about, Health.FAIL, words);
    }
}
