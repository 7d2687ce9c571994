package dev.tierway.adapter.persistence;

import java.time.Duration;

/**
 * How much history is kept; the first bound reached counts.
 *
 * @param rows most rows
 * @param age oldest row
 */
public record Retention(long rows, Duration age) {
    public Retention {
        if (rows < 1 || age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException(
                    "retention: rows and age must be more than 0, not " + rows + " and " + age);
        }
    }
}
